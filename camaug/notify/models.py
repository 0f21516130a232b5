from datetime import date, datetime
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from camaug.kernel.closed import ClosedTextField
from camaug.kernel.ids import uuid7


class Channel(models.TextChoices):
    """How a message reaches a person."""

    IN_APP = "IN_APP"
    EMAIL = "EMAIL"
    SMS = "SMS"


class DeliveryState(models.TextChoices):
    """What became of a message on one channel. FAILED is tried again; GIVEN_UP and SKIPPED only by hand."""

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    GIVEN_UP = "GIVEN_UP"
    SKIPPED = "SKIPPED"


class Reason(models.TextChoices):
    """Why a delivery is where it is; what a server answered in words is not kept, since it may quote the person."""

    UNREACHABLE = "UNREACHABLE"
    REFUSED_FOR_NOW = "REFUSED_FOR_NOW"
    REJECTED = "REJECTED"
    NOT_WANTED = "NOT_WANTED"
    NOT_SET_UP = "NOT_SET_UP"
    TOO_OLD = "TOO_OLD"


class Templates(models.QuerySet["MessageTemplate"]):
    def in_force(self, notice: str, *, on: date) -> Self:
        """The texts of a notice that hold that day, the latest first."""
        return self.filter(notice=notice, valid_from__lte=on).order_by("-valid_from")


class MessageTemplate(models.Model):
    """A notice's text in one language from a day on, as the profile has it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    valid_from = models.DateField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    sms = models.CharField(max_length=160)

    objects = Templates.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("notice", "language", "valid_from", name="text_stands_once_a_day"),
        ]


class TextVersion(models.Model):
    """A notice's texts as administrators have them instead of the profile's; the latest version holds.

    `texts` is {language: {title, body, sms}}; empty: the profile's own texts hold again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("notice", "number", name="text_version_is_numbered_once")]


class Message(models.Model):
    """What one person was told about one fact. `fact_id` is the event's id, `subject_id` what the fact is about.

    The words lie closed for the account that reads them, since they repeat what an office wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fact_id = models.UUIDField()
    notice = models.CharField(max_length=60)
    recipient = models.CharField(max_length=254)
    subject_id = models.UUIDField(null=True)
    account = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    title: "models.TextField[str, str]" = ClosedTextField(of="account_id")
    body: "models.TextField[str, str]" = ClosedTextField(of="account_id")
    sms: "models.TextField[str, str]" = ClosedTextField(of="account_id")
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("fact_id", "notice", "recipient", name="one_message_a_fact"),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(phone="") | ~Q(email=""), name="message_has_a_recipient"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "created_at", "id"], name="message_by_account"),
            models.Index(fields=["account"], condition=Q(read_at__isnull=True), name="unread_by_account"),
            models.Index(fields=["subject_id"], name="message_by_subject"),
            BrinIndex(fields=["created_at"], name="message_by_age"),
        ]


WORDS = ("title", "body", "sms")
"""What a message says."""


class Deliveries(models.QuerySet["Delivery"]):
    def due(self, *, at: datetime) -> Self:
        """What is to be tried now, the longest waiting first."""
        return self.filter(state__in=TO_TRY, next_attempt_at__lte=at).order_by("next_attempt_at", "id")


TO_TRY = (DeliveryState.WAITING, DeliveryState.FAILED)


class Delivery(models.Model):
    """A message on one channel. `key` is what the gateway knows it by: sent twice under one key, it arrives once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    key = models.UUIDField(default=uuid7, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    gateway_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = Deliveries.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("message", "channel", name="message_goes_once_by_a_channel"),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False) | ~Q(state="SENT") & Q(sent_at__isnull=True),
                name="sent_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["WAITING", "FAILED"], next_attempt_at__isnull=False)
                | ~Q(state__in=["WAITING", "FAILED"]) & Q(next_attempt_at__isnull=True),
                name="only_open_deliveries_are_tried_again",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], condition=Q(state__in=["WAITING", "FAILED"]), name="delivery_due"
            ),
        ]


class Preference(models.Model):
    """Whether an account wants a channel; without a row it does. What stands in the app cannot be refused."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("access.Account", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    wanted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint("account", "channel", name="one_wish_a_channel"),
            models.CheckConstraint(condition=~Q(channel="IN_APP"), name="in_app_is_always_wanted"),
        ]


class TrayMessage(models.Model):
    """What the demonstration shows instead of sending; production writes none. `id` is the delivery's key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.CharField(max_length=254)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sent_at", "id"], name="tray_by_time")]

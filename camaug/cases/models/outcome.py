from django.db import models

from camaug.cases.lifecycle import DeliveryState, PaymentState
from camaug.cases.models.case import Case
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob


class PaymentWay(models.TextChoices):
    """How money was taken at the counter."""

    CASH = "CASH"
    TRANSFER = "TRANSFER"


class Payment(models.Model):
    """Money owed for a case, in đồng; `items` are the fee items it was worked out from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="payments")
    state = models.CharField(max_length=8, default=PaymentState.OWED)
    items = models.JSONField()
    amount = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, choices=PaymentWay, blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)
    taken_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="OWED", paid_at__isnull=True)
                | models.Q(state="PAID", paid_at__isnull=False) & ~models.Q(way=""),
                name="paid_money_says_when_and_how",
            ),
            models.UniqueConstraint("case", condition=models.Q(state="OWED"), name="one_debt_a_case"),
        ]


class Delivery(models.Model):
    """The result's way back; the receiver's identity is recorded when it is handed out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=10, default=DeliveryState.WAITING)
    ready_at = models.DateTimeField(null=True)
    handed_out_at = models.DateTimeField(null=True)
    receiver_name = models.CharField(max_length=120, blank=True)
    receiver_number = models.CharField(max_length=14, blank=True)
    handed_out_by = models.UUIDField(null=True)


class Slip(models.Model):
    """A statutory form as it was issued: `facts` is what it says, `blob` the PDF once it was printed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="slips")
    form = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=40, blank=True)
    facts = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("case", "form", "ordinal", name="slip_is_issued_once")]


class Result(models.Model):
    """What was decided, as a document with its number in the agency's book of the year."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="results")
    result = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    book = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    number_text = models.CharField(max_length=60)
    facts = models.JSONField()
    signer_name = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=120)
    signed_date = models.DateField()
    published_at = models.DateTimeField()
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("book", "agency", "year", "number", name="result_number_is_given_once"),
            models.UniqueConstraint("case", "result", name="result_stands_once_in_a_case"),
        ]

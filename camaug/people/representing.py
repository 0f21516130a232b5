"""Who represents an organisation, how that was proved, from when to when; models, as in `models.py`."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from camaug.kernel.ids import uuid7


class Capacity(models.TextChoices):
    """As the enterprise register or the law has it, or empowered by a legal representative with a paper."""

    LEGAL = "LEGAL"
    EMPOWERED = "EMPOWERED"


class RelationProof(models.TextChoices):
    """An officer saw the paper; an officer looked it up in the enterprise register; a legal representative whose own
    relation is proven confirmed it.
    """

    PAPER = "PAPER"
    REGISTER = "REGISTER"
    CONFIRMED = "CONFIRMED"


class RelationEnd(models.TextChoices):
    """The representative gave it up; a legal representative did not want it (any more); an officer ended it."""

    GIVEN_UP = "GIVEN_UP"
    REVOKED = "REVOKED"
    AT_COUNTER = "AT_COUNTER"


class Representations(models.QuerySet["Representation"]):
    """The vocabulary of lists."""

    def declared(self) -> Self:
        """Said by somebody, not proven, not ended."""
        return self.filter(proof="", ended_at__isnull=True)

    def in_force(self, *, at: datetime) -> Self:
        """By which the person may act for the organisation at that instant."""
        running = Q(until_at__isnull=True) | Q(until_at__gt=at)
        return self.exclude(proof="").filter(running, ended_at__isnull=True, from_at__lte=at, proven_at__lte=at)


class Representation(models.Model):
    """A person represents an organisation from `from_at` until `until_at` (exclusive; None: until it is ended).

    Without a `proof` it was only said, and lets nobody do anything. `document` is the number of the paper, or of the
    extract from the enterprise register. `vouched_by` is the relation by which a legal representative confirmed it.
    What was written stays: a trigger lets a row be proven once and ended once. A longer time is another relation.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business = models.ForeignKey("people.Business", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=9, choices=Capacity)
    declared_at = models.DateTimeField()
    declared_by = models.UUIDField(null=True)
    declared_by_name = models.CharField(max_length=120, blank=True)
    proof = models.CharField(max_length=9, choices=RelationProof, blank=True)
    proven_at = models.DateTimeField(null=True)
    proven_by = models.UUIDField(null=True)
    proven_by_name = models.CharField(max_length=120, blank=True)
    proven_unit = models.UUIDField(null=True)
    document = models.CharField(max_length=80, blank=True)
    document_date = models.DateField(null=True)
    scan = models.ForeignKey("kernel.Blob", models.PROTECT, null=True, related_name="+")
    scan_name = models.CharField(max_length=120, blank=True)
    vouched_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=RelationEnd, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = Representations.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-declared_at"], name="representation_by_person"),
            models.Index(fields=["business", "-declared_at"], name="representation_by_firm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(proof="", proven_at__isnull=True, from_at__isnull=True, until_at__isnull=True)
                | Q(proof__in=["PAPER", "REGISTER"], proven_at__isnull=False, from_at__isnull=False)
                & Q(document_date__isnull=False, scan__isnull=False)
                & ~Q(document="")
                & ~Q(proven_by_name="")
                | Q(proof="CONFIRMED", capacity="EMPOWERED", proven_at__isnull=False, from_at__isnull=False)
                & Q(vouched_by__isnull=False),
                name="representation_is_proven_whole",
            ),
            models.CheckConstraint(
                condition=Q(proof="") | Q(capacity="LEGAL") | Q(until_at__isnull=False, capacity="EMPOWERED"),
                name="empowered_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=models.F("from_at")),
                name="representation_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="", reason="")
                | Q(ended_at__isnull=False, ending__in=["GIVEN_UP", "REVOKED"])
                | Q(ended_at__isnull=False, ending="AT_COUNTER") & ~Q(reason="") & ~Q(ended_by_name=""),
                name="representation_says_how_it_ended",
            ),
            models.UniqueConstraint(
                fields=["business", "person"],
                condition=Q(proof="", ended_at__isnull=True),
                name="representation_is_said_once",
            ),
        ]

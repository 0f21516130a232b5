from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from camaug.kernel.ids import uuid7


class Relation(models.TextChoices):
    """Who a helper is to the person."""

    RELATIVE = "RELATIVE"
    DIGITAL_TEAM = "DIGITAL_TEAM"
    OTHER = "OTHER"


class Act(models.TextChoices):
    """What a helper may be let do: fill an application in, send it, supplement it, follow it, take the result."""

    PREPARE = "PREPARE"
    SUBMIT = "SUBMIT"
    SUPPLEMENT = "SUPPLEMENT"
    FOLLOW = "FOLLOW"
    RECEIVE = "RECEIVE"


class Proof(models.TextChoices):
    """How the person confirmed: by a code sent to his own phone or mailbox, in his account, before an officer."""

    CODE = "CODE"
    SESSION = "SESSION"
    COUNTER = "COUNTER"


class Ending(models.TextChoices):
    """How a mandate, or what was asked for, ended before its day: the person did not want it (any more), the helper
    gave it up, an officer ended it for the person.
    """

    REVOKED = "REVOKED"
    GIVEN_UP = "GIVEN_UP"
    AT_COUNTER = "AT_COUNTER"


class Mandates(models.QuerySet["Mandate"]):
    """The vocabulary of lists."""

    def waiting(self, *, at: datetime) -> Self:
        """Asked for, and neither confirmed nor ended."""
        return self.filter(confirmed_at__isnull=True, ended_at__isnull=True, lapses_at__gt=at, until_at__gt=at)

    def holding(self, *, at: datetime) -> Self:
        """Under which the helper may act at that instant."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True, until_at__gt=at)

    def confirmed(self) -> Self:
        """Holding or over."""
        return self.filter(confirmed_at__isnull=False)


class Mandate(models.Model):
    """What a person lets a helper do for him until `until_at` (exclusive).

    `person` is known from the confirmation on; before, only `named_number` and `named_name`, which the helper wrote.
    `procedures` and `fields` are codes of the catalogue: it covers those procedures, and all of those fields. What was
    asked for and not confirmed lapses at `lapses_at`. `code_digest` is of the code that waits for an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    helper = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation)
    named_number = models.CharField(max_length=12)
    named_name = models.CharField(max_length=120)
    procedures = ArrayField(models.CharField(max_length=60), default=list)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    acts = ArrayField(models.CharField(max_length=10))
    proposed_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    until_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=7, choices=Proof, blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=120, blank=True)
    confirmed_unit = models.UUIDField(null=True)
    identity_paper = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = Mandates.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, person__isnull=True, proof="")
                | Q(confirmed_at__isnull=False, person__isnull=False) & Q(proof__in=list(Proof)),
                name="mandate_is_confirmed_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("helper")), name="mandate_is_for_another"
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("proposed_at")), name="mandate_ends_later"),
            models.CheckConstraint(condition=~Q(procedures=[]) | ~Q(fields=[]), name="mandate_has_a_scope"),
            models.CheckConstraint(condition=~Q(acts=[]), name="mandate_has_acts"),
            models.CheckConstraint(
                condition=Q(proof="COUNTER") & ~Q(identity_paper="") & ~Q(confirmed_by_name="") | ~Q(proof="COUNTER"),
                name="mandate_names_its_witness",
            ),
        ]
        indexes = [
            models.Index(fields=["helper", "-proposed_at"], name="mandate_by_helper"),
            models.Index(fields=["person", "-proposed_at"], name="mandate_by_person"),
            models.Index(
                fields=["named_number"],
                condition=Q(confirmed_at__isnull=True, ended_at__isnull=True),
                name="mandate_waiting_by_number",
            ),
        ]

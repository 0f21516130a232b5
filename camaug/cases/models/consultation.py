from django.db import models

from camaug.cases.lifecycle import ConsultationState
from camaug.cases.models.case import Case
from camaug.cases.models.dossier import CaseFile
from camaug.kernel.closed import ClosedTextField
from camaug.kernel.ids import uuid7


class Verdict(models.TextChoices):
    """What another agency answers."""

    AGREES = "AGREES"
    AGREES_IF = "AGREES_IF"
    DISAGREES = "DISAGREES"
    INFORMS = "INFORMS"


class Consultation(models.Model):
    """A question to another agency and its answer; `consultation` is its id in the process, empty: asked beside it.

    `stops` is the ground on which the clock stands still until the answer. `duty`: the answer names a sum, `amount` in
    đồng, that the applicant owes the State's budget.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="consultations")
    consultation = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=9, default=ConsultationState.ASKED)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    question: "models.TextField[str, str]" = ClosedTextField(of="case_id")
    stops = models.CharField(max_length=40, blank=True)
    duty = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=9, choices=Verdict, blank=True)
    answer: "models.TextField[str, str]" = ClosedTextField(blank=True, of="case_id")
    amount = models.PositiveBigIntegerField(null=True)
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ANSWERED", answered_by__isnull=False, ended_at__isnull=False)
                & ~models.Q(verdict="")
                | models.Q(state="ASKED", ended_at__isnull=True)
                | models.Q(state__in=["WITHDRAWN", "CONSENTED"], ended_at__isnull=False),
                name="answer_says_who_when_and_what",
            ),
            models.UniqueConstraint(
                "case",
                "agency",
                "consultation",
                condition=models.Q(state="ASKED"),
                name="agency_is_asked_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "role", "due_at"], condition=models.Q(state="ASKED"), name="consultation_to_answer"
            ),
        ]

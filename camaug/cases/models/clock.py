from django.db import models
from django.db.models import Q

from camaug.cases.models.answers import AnswersField
from camaug.cases.models.case import Case
from camaug.kernel.closed import ClosedJSONField, ClosedTextField
from camaug.kernel.ids import uuid7


class Stop(models.Model):
    """A time that does not count toward the limit: its ground, RESTART or RESUME, and the document that says so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="stops")
    ground = models.CharField(max_length=40)
    effect = models.CharField(max_length=8)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", condition=Q(until_at__isnull=True), name="one_open_stop_a_case"),
        ]


class Supplement(models.Model):
    """What the applicant was asked to add, everything at once; `items` are {paper, name, reason}.

    `corrections` are corrected answers by field, kept until the applicant sends the supplement. `second`: the law
    allows one request; this one counts against the agency.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="supplements")
    items = ClosedJSONField(of="case_id")
    reason: "models.TextField[str, str]" = ClosedTextField(of="case_id")
    requested_at = models.DateTimeField()
    requested_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer: "models.TextField[str, str]" = ClosedTextField(blank=True, of="case_id")
    corrections = AnswersField(default=dict, of="case")
    second = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", condition=Q(answered_at__isnull=True), name="one_open_supplement_a_case"),
        ]


class Recount(models.Model):
    """Open deadlines to be counted anew since the calendar changed; `change_id` is the event that says so.

    `unit_id` null: of the whole province; `from_date` to `until_date`: the days that changed, null without bound.
    `place` is the last case looked at, `moved` how many deadlines moved.
    """

    change_id = models.UUIDField(primary_key=True)
    change = models.CharField(max_length=80)
    occasion = models.CharField(max_length=300, blank=True)
    unit_id = models.UUIDField(null=True)
    from_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    asked_at = models.DateTimeField()
    place = models.UUIDField(null=True)
    moved = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at", "change_id"], condition=Q(done_at__isnull=True), name="recount_to_do"),
        ]


class ReminderKind(models.TextChoices):
    """What one is reminded of: a step or a case due soon or overdue, a case whose applicant is owed an apology."""

    STEP_SOON = "STEP_SOON"
    STEP_OVERDUE = "STEP_OVERDUE"
    CASE_SOON = "CASE_SOON"
    CASE_OVERDUE = "CASE_OVERDUE"
    APOLOGY = "APOLOGY"


class Reminder(models.Model):
    """One account was reminded once of one fact: a deadline of a case. `level` 0: whose turn it is, then heads."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12, choices=ReminderKind)
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    account = models.ForeignKey("access.Account", models.CASCADE, related_name="+")
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "kind", "level", "due_at", "account", name="one_is_reminded_once_of_a_fact"
            ),
        ]


class Extension(models.Model):
    """The apology for lateness and the new date, given at most once and before the old one (Form 04, NĐ 61/2018)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="extension")
    reason: "models.TextField[str, str]" = ClosedTextField(of="case_id")
    due_before = models.DateTimeField()
    due_at = models.DateTimeField()
    given_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(due_at__gt=models.F("due_before")), name="new_date_is_later"),
            models.CheckConstraint(
                condition=models.Q(given_at__lte=models.F("due_before")), name="apology_comes_before_the_old_date"
            ),
        ]

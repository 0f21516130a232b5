from django.db import models

from camaug.cases.models.case import Case
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
            models.UniqueConstraint("case", condition=models.Q(until_at__isnull=True), name="one_open_stop_a_case"),
        ]


class Supplement(models.Model):
    """What the applicant was asked to add, everything at once; `items` are {paper, name, reason}.

    `corrections` are corrected answers by field, kept until the applicant sends the supplement. `second`: the law
    allows one request; this one counts against the agency.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="supplements")
    items = models.JSONField()
    reason = models.TextField()
    requested_at = models.DateTimeField()
    requested_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    corrections = models.JSONField(default=dict)
    second = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", condition=models.Q(answered_at__isnull=True), name="one_open_supplement_a_case"
            ),
        ]


class Extension(models.Model):
    """The apology for lateness and the new date, given at most once and before the old one (Form 04, NĐ 61/2018)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="extension")
    reason = models.TextField()
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

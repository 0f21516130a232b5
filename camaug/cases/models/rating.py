from django.db import models

from camaug.cases.models.case import Case
from camaug.kernel.ids import uuid7


class Satisfaction(models.TextChoices):
    """What the applicant says of the service (TT 32/2017/TT-BTTTT)."""

    VERY_SATISFIED = "VERY_SATISFIED"
    SATISFIED = "SATISFIED"
    NOT_SATISFIED = "NOT_SATISFIED"


class Rating(models.Model):
    """The applicant's own word on how the case was served, given freely. `words` are never published.

    `hidden_at`: since when the words are not shown to the office either; `hidden_note` says why. The rating counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="rating")
    satisfaction = models.CharField(max_length=16, choices=Satisfaction)
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    hidden_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(satisfaction__in=list(Satisfaction)), name="rating_says_one_of_three"
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True, hidden_note="")
                | models.Q(hidden_at__isnull=False) & ~models.Q(hidden_note=""),
                name="hidden_words_say_why",
            ),
        ]
        indexes = [models.Index(fields=["rated_at"], name="rating_by_time")]

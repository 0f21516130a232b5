from django.db import models

from camaug.cases.models.case import Case
from camaug.kernel.ids import uuid7


class Awaited(models.TextChoices):
    """What an answer is awaited to: a question to an agency, a request to the applicant, a draft shown to him."""

    CONSULTATION = "CONSULTATION"
    SUPPLEMENT = "SUPPLEMENT"
    DRAFT = "DRAFT"


class SilenceTimer(models.Model):
    """When it is asked again whether an answer came: `asked_id` is the consultation's,
    the supplement's or the draft's id.

    `effect` is what follows if none did. `over_at`: since when it is over, with or without an effect; it goes off once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="silences")
    of = models.CharField(max_length=12, choices=Awaited)
    asked_id = models.UUIDField(unique=True)
    effect = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(over_at__isnull=True), name="silence_to_note"),
        ]

"""Reviews of who may what."""

from django.db import models

from camaug.kernel.ids import uuid7


class AccessReview(models.Model):
    """The roles of an agency's officers on a day, to be confirmed or ended one by one until `due_date`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_date = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(finished_at=None), name="access_review_one_open_each"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-opened_at"], name="access_review_by_agency")]


class ReviewDecision(models.TextChoices):
    CONFIRMED = "CONFIRMED"
    ENDED = "ENDED"
    LAPSED = "LAPSED"


class ReviewLine(models.Model):
    """One role of one position in a review. LAPSED: the position had lost it before anybody decided."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="lines")
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    officer_id = models.UUIDField()
    officer_name = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    decision = models.CharField(max_length=10, choices=ReviewDecision, blank=True)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "position", "role"], name="review_line_once"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="review_line_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="ENDED") | ~models.Q(reason=""), name="review_line_ends_for_a_reason"
            ),
        ]

"""Reviews of who may what."""

from django.db import models

from camaug.kernel.ids import uuid7


class AccessReview(models.Model):
    """What lets people and programs of an agency in on a day, to be confirmed or ended one by one until `due_date`."""

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


class LineKind(models.TextChoices):
    """What a line is about: a role of a position, one that it carries for a time, who stands in for an absent holder, a
    program's account, an access token, a system that lets people in by our sign-in.
    """

    ROLE = "ROLE"
    ENTRUSTED = "ENTRUSTED"
    STAND_IN = "STAND_IN"
    PROGRAM = "PROGRAM"
    TOKEN = "TOKEN"  # noqa: S105 (a kind)
    SYSTEM = "SYSTEM"


class ReviewDecision(models.TextChoices):
    CONFIRMED = "CONFIRMED"
    ENDED = "ENDED"
    LAPSED = "LAPSED"


class ReviewLine(models.Model):
    """One thing in a review: the role of a position, or (`held_id`) what else its kind says, as it was on that day.

    `officer_id`: who may do something by it, or answers for it. `about`: for whom he stands in, the document by which a
    role was delegated, what a program is for, how a token begins, to whom a system's people may turn. `until_at`: when
    it ends by itself. LAPSED: it had ended before anybody decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=9, choices=LineKind, default=LineKind.ROLE, db_default=LineKind.ROLE)
    position = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+")
    held_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    officer_name = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    about = models.CharField(max_length=254, blank=True, default="", db_default="")
    until_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=ReviewDecision, blank=True)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "position", "role"], name="review_line_once"),
            models.UniqueConstraint(fields=["review", "kind", "held_id"], name="review_line_of_a_thing_once"),
            models.CheckConstraint(
                condition=models.Q(kind="ROLE", position__isnull=False, officer_id__isnull=False, held_id=None)
                | (~models.Q(kind="ROLE") & models.Q(position=None, held_id__isnull=False)),
                name="review_line_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="review_line_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="ENDED") | ~models.Q(reason=""), name="review_line_ends_for_a_reason"
            ),
        ]

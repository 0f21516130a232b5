from django.db import models
from django.db.models import Q

from camaug.kernel.ids import uuid7


class Why(models.TextChoices):
    """For what an officer looked, as follows from the work: the turn, the counter, the lead, a search at the
    counter, only that the agency takes part; `BESIDE`: another post of the officer's lets him see it. `HELP`: a helper
    looked, under the person's mandate.
    """

    TURN = "TURN"
    COUNTER = "COUNTER"
    HEAD = "HEAD"
    SEARCHED = "SEARCHED"
    PART = "PART"
    BESIDE = "BESIDE"
    HELP = "HELP"


class How(models.TextChoices):
    """By what one looked: a page, a file or print, a program."""

    PAGE = "PAGE"
    FILE = "FILE"
    PROGRAM = "PROGRAM"


class Reading(models.Model):
    """An officer looked at somebody's data on a day, in a post, or a helper under a mandate; `at` is the first time.
    `subject_id` is a case's id or a person's; `first_subject_id` the person's at whom one looked, where that person
    turned out to be this one. One row a subject, officer, post, day, reason and way, however often.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_id = models.UUIDField()
    first_subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField()
    post_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    mandate_id = models.UUIDField(null=True)
    why = models.CharField(max_length=8, choices=Why)
    how = models.CharField(max_length=7, choices=How)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "day", "account_id", "post_id", "why", "how"],
                name="reading_is_noted_once_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(why="HELP", mandate_id__isnull=False, post_id__isnull=True, unit_id__isnull=True)
                | ~Q(why="HELP") & Q(mandate_id__isnull=True, post_id__isnull=False, unit_id__isnull=False),
                name="reading_is_of_a_post_or_a_mandate",
            ),
            models.CheckConstraint(condition=models.Q(why__in=list(Why)), name="reading_has_a_known_reason"),
            models.CheckConstraint(condition=models.Q(how__in=list(How)), name="reading_has_a_known_way"),
        ]
        indexes = [models.Index(fields=["day", "id"], name="reading_by_day")]


class ListReading(models.Model):
    """An officer read or took away a list with personal details: which one, and what it was asked for.

    `asked` is encrypted: the words of a search are somebody's name or number. `number_print` is the keyed hash of the
    personal number or telephone that was searched for, by which its owner finds the search again; "" for other words.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    of = models.CharField(max_length=40)
    asked = models.TextField()
    number_print = models.CharField(max_length=90, blank=True)
    account_id = models.UUIDField()
    post_id = models.UUIDField()
    unit_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="list_reading_by_time"),
            models.Index(fields=["number_print"], condition=~Q(number_print=""), name="list_reading_by_number"),
        ]

from django.db import models


class CodeSeries(models.Model):
    """The last case number given by an agency on a day; taken in the submit transaction, so no gap and no double."""

    pk = models.CompositePrimaryKey("agency_code", "day")
    agency_code = models.CharField(max_length=35)
    day = models.DateField()
    last = models.PositiveIntegerField()


class BookSeries(models.Model):
    """The last number in an agency's book of results in a year."""

    pk = models.CompositePrimaryKey("book", "agency_id", "year")
    book = models.CharField(max_length=40)
    agency_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()


class Volume(models.Model):
    """A load of invented cases by its `seed`: `wanted` in all, `done` so far; its citizens begin at `crowd_from`.

    `asked_at` is the instant from which everything is reckoned, also when the load goes on later.
    """

    seed = models.PositiveIntegerField(primary_key=True)
    wanted = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    crowd_from = models.PositiveIntegerField()
    asked_at = models.DateTimeField()

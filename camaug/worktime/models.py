"""Working time as dated rows. `unit_id` is the agency a row holds for; null: the whole province."""

from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from camaug.kernel.ids import uuid7
from camaug.kernel.models import Dated
from camaug.worktime.deadlines import ClockEffect


class OnAnyDay(models.Func):
    """A clock time as a moment of one fixed day, since PostgreSQL has ranges of moments only."""

    template = "(DATE '2000-01-01' + %(expressions)s)"
    output_field = models.DateTimeField()


class Clocked(models.Func):
    """The half-open range of clock times [opens, closes); for exclusion constraints."""

    function = "tsrange"
    output_field = DateTimeRangeField()


class Sourced(models.Model):
    """Where a fact was read and how sure it is: H legal text, M one secondary source, L weak; `verify`: unconfirmed."""

    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=1, choices=[("H", "H"), ("M", "M"), ("L", "L")])
    verify = models.BooleanField(default=False)

    class Meta:
        abstract = True


class WorkingHours(Sourced):
    """One period worked on a weekday (0 Monday to 6 Sunday) from `valid_from` until `valid_until` (exclusive).

    An agency with rows of its own on a day does not use the province's on that day. `set_at` is when an officer set
    the hours; null: they came with the profile.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_id = models.UUIDField(null=True)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    set_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="week_has_seven_days"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="period_closes_after_it_opens"),
            *(
                ExclusionConstraint(
                    name=name,
                    expressions=[
                        *owner,
                        ("weekday", RangeOperators.EQUAL),
                        (Dated("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                        (Clocked(OnAnyDay("opens"), OnAnyDay("closes")), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(unit_id__isnull=not owner),
                )
                for name, owner in (
                    ("province_works_an_hour_once", []),
                    ("agency_works_an_hour_once", [("unit_id", RangeOperators.EQUAL)]),
                )
            ),
        ]


class DayKind(models.TextChoices):
    """OFF: not worked though its weekday is; WORKED: worked though its weekday is not."""

    OFF = "OFF"
    WORKED = "WORKED"


class DayOff(Sourced):
    """A holiday or a swapped day. `swapped_with` is the other day of the pair.

    `declared_at` is when an officer declared it; null: it came with the profile. A withdrawn day counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_id = models.UUIDField(null=True)
    date = models.DateField()
    kind = models.CharField(max_length=6, choices=DayKind)
    name = models.CharField(max_length=120)
    swapped_with = models.DateField(null=True)
    declared_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "date"], nulls_distinct=False, name="day_is_declared_once"),
        ]


class OpenQuestion(Sourced):
    """Days on which the calendar is not certain: the law gives a holiday, but its days are not decided or not known.

    Limits that touch [from_date, until_date) may move when the question is settled.
    """

    code = models.CharField(primary_key=True, max_length=40)
    question = models.CharField(max_length=300)
    from_date = models.DateField()
    until_date = models.DateField()
    settled_at = models.DateTimeField(null=True)


def subject_of_question(code: str) -> UUID:
    """The id under which events speak of a question, which is known by its code alone."""
    return uuid5(NAMESPACE_OID, f"worktime.question.{code}")


class StopGround(Sourced):
    """A ground on which the law lets the clock stop, and what happens when the stop ends; dated."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    effect = models.CharField(max_length=7, choices=[(effect.value, effect.value) for effect in ClockEffect])
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="ground_has_one_effect_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Dated("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class CalendarRevision(models.Model):
    """One row; its token changes with every change of hours or days, so that all processes drop what they remember.

    A token and not a number: a number that a failed transaction took would come again for another calendar.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=uuid7)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_revision")]

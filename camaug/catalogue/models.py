from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from camaug.kernel.ids import uuid7
from camaug.kernel.models import Dated


class Field(models.Model):
    """A field of work (lĩnh vực), as data of the profile."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)


class LifeEvent(models.Model):
    """An event of life by which people look for procedures: a birth, a marriage, opening a shop…"""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=250, blank=True)
    summary_en = models.CharField(max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(default=0)


class Procedure(models.Model):
    """An administrative procedure; `code` is the short name in our addresses, the national code is a version's fact."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(unique=True, max_length=60)


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """The words for asking about versions."""

    def kept(self) -> Self:
        """Those that were not taken back before they came into force: a version taken back holds on no day."""
        return self.exclude(valid_until=models.F("valid_from"))

    def in_force(self, on: date) -> Self:
        """Those that hold on that day."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=on), valid_from__lte=on)

    def listed(self, on: date) -> Self:
        """Those that hold on that day and can be applied for by themselves."""
        return self.in_force(on).filter(part_only=False)


class ProcedureVersion(models.Model):
    """What held of a procedure from `valid_from` until `valid_until` (exclusive); `definition` is a `Definition`.

    `sort_key` is of the name; `folded` and `accented` hold the phrases by which it is found; `receiving` names agencies
    as KIND@LEVEL; `closes` is the number of the version that it ended, 0 for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    national_code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=500)
    sort_key = models.TextField(editable=False, db_collation="C")
    folded = models.TextField()
    accented = models.TextField(default="")
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    life_events = ArrayField(models.CharField(max_length=40), default=list)
    receiving = ArrayField(models.CharField(max_length=52), default=list)
    channels = ArrayField(models.CharField(max_length=10), default=list)
    online_level = models.CharField(max_length=10)
    definition = models.JSONField()
    part_only = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    closes = models.PositiveIntegerField(default=0)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("procedure", "number", name="version_number_is_unique"),
            ExclusionConstraint(
                name="procedure_has_one_version_a_day",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (Dated("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="version_by_words")]


class ProcedureDraft(models.Model):
    """The next version of a procedure while it is written; `content` is a `Definition` that may be incomplete.

    One a procedure. `revision` grows with each change: a form that was shown for an older one is refused.
    `copied_from` is the number of the version that it began as, 0 for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.OneToOneField(Procedure, models.PROTECT, related_name="draft")
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    copied_from = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

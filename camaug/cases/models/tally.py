from django.db import models

from camaug.cases.models.case import Case


class Tally(models.Model):
    """What happened in a month at a competent agency in a procedure: kept, so that no page counts cases.

    `month` is its first day; `procedure` and `field` are codes. Late, early and on time: `queries.counting`.
    """

    pk = models.CompositePrimaryKey("month", "agency_id", "procedure", "field")
    month = models.DateField()
    agency_id = models.UUIDField()
    procedure = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    received_online = models.PositiveIntegerField(default=0)
    received_direct = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    early = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    undated = models.PositiveIntegerField(default=0)
    very_satisfied = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)
    not_satisfied = models.PositiveIntegerField(default=0)


class Counted(models.Model):
    """What one case has added to the tallies: `entries` are [month, column]. Counting again adds the difference."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    agency_id = models.UUIDField()
    procedure = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    entries = models.JSONField()

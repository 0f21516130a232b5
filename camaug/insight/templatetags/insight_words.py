"""Words and colours of the cases of a report. `{% load insight_words %}`"""

from typing import Any

from django import template

from camaug.cases.queries.reports import ReportRow
from camaug.insight.reports.ratings import SAID
from camaug.insight.reports.words import CHANNELS, STANDINGS

register = template.Library()


@register.filter
def report_standing(row: ReportRow) -> Any:
    """How it stands in the report."""
    return STANDINGS[row.standing][0]


@register.filter
def report_tone(row: ReportRow) -> str:
    """The colour of that."""
    return STANDINGS[row.standing][1]


@register.filter
def report_channel(row: ReportRow) -> Any:
    """On which way it came."""
    return CHANNELS[row.channel]


@register.filter
def report_satisfaction(said: str) -> Any:
    """What the applicant chose, in words."""
    return dict(SAID)[said.lower()]

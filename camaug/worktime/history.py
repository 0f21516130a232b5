"""The calendar's changes in words: who, when, what was before and after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from camaug.kernel.models import EventRecord
from camaug.kernel.paging import Page, page_of
from camaug.worktime.events import DayOffDeclared, DayOffWithdrawn, QuestionSettled, WorkingHoursSet
from camaug.worktime.models import DayKind, DayOff, OpenQuestion, subject_of_question

type Facts = dict[str, Any]
type Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what it is about, what held before and what holds since, who made it and when."""

    title: str
    before: str
    after: str
    by: str
    at: datetime


def history(unit_id: UUID | None, *, token: str = "", size: int = 20) -> Page[Change]:
    """The changes of the province's calendar, or of one agency's own, the latest first."""
    subjects = set(DayOff.objects.filter(unit_id=unit_id).values_list("id", flat=True))
    if unit_id:
        subjects.add(unit_id)
    else:
        subjects |= {subject_of_question(code) for code in OpenQuestion.objects.values_list("code", flat=True)}
    rows = EventRecord.objects.filter(Q(name__in=_WORDS), subject_id__in=subjects)
    page = page_of(rows, key="at", token=token, size=size, descending=True)
    return Page(rows=tuple(_change(row) for row in page.rows), older=page.older, newer=page.newer)


def week_words(week: Sequence[Sequence[Sequence[time | str]]]) -> str:
    """A week in words, days of the same hours together: "T2–T6: 07:00–11:00, 13:00–17:00"."""
    days = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    groups: list[tuple[list[str], str]] = []
    for name, periods in zip(days, week, strict=True):
        hours = ", ".join(f"{str(opens)[:5]}–{str(closes)[:5]}" for opens, closes in periods)
        if groups and groups[-1][1] == hours:
            groups[-1][0].append(name)
        else:
            groups.append(([name], hours))
    return "\n".join(
        f"{names[0]}–{names[-1]}: {hours}" if len(names) > 1 else f"{names[0]}: {hours}"
        for names, hours in groups
        if hours
    )


def _change(row: EventRecord) -> Change:
    title, before, after = _WORDS[row.name](row.facts)
    return Change(title, before, after, row.actor_name, row.at)


def _declared(facts: Facts) -> Words:
    kind = _("day off") if facts["kind"] == DayKind.OFF else _("worked")
    return (
        _day(facts),
        facts.get("before") or _("as its weekday says"),
        f"{kind}: {facts['occasion']} ({facts['source']})",
    )


def _withdrawn(facts: Facts) -> Words:
    return _day(facts), facts["occasion"], f"{_('as its weekday says')} ({facts['reason']})"


def _hours(facts: Facts) -> Words:
    title = _("Working hours from {day}").format(day=_day_of(facts["valid_from"]))
    before = week_words(facts["before"]) if facts.get("before") else _("the province's hours")
    return title, before, f"{week_words(facts['week'])}\n({facts['source']})"


def _settled(facts: Facts) -> Words:
    return facts["question"], _("open"), facts["answer"]


def _day(facts: Facts) -> str:
    return _("Day {day}").format(day=_day_of(facts["date"]))


def _day_of(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


_WORDS: dict[str, Callable[[Facts], Words]] = {
    DayOffDeclared.name: _declared,
    DayOffWithdrawn.name: _withdrawn,
    WorkingHoursSet.name: _hours,
    QuestionSettled.name: _settled,
}

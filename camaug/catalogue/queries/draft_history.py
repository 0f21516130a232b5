"""What has happened to a procedure: drafts begun, changed, discarded; versions published and withdrawn; in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.places import place_in
from camaug.catalogue.drafting.sheets import TITLES, part_of, sheet_at
from camaug.catalogue.drafting.words import NOTHING, value_words
from camaug.kernel.errors import NotFound
from camaug.kernel.history import history_of
from camaug.kernel.models import EventRecord
from camaug.kernel.paging import Page


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history; `words` say more, "" where the title says all."""

    title: str
    words: str
    at: datetime
    by: str


type Facts = dict[str, Any]


def history(procedure_id: UUID, choices: Choices, *, token: str = "") -> Page[Happening]:
    """The events about a procedure, the latest first."""
    page = history_of(procedure_id, token=token)
    rows = tuple(_told(row, choices) for row in page.rows if row.name in _SAY)
    return Page(rows, page.older, page.newer)


def _told(row: EventRecord, choices: Choices) -> Happening:
    title, words = _SAY[row.name](row.facts, choices)
    return Happening(title, words, row.at, row.actor_name)


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else NOTHING


def _published(facts: Facts, _choices: Choices) -> tuple[str, str]:
    words = _("Version {number} published, in force from {day}")
    return words.format(number=facts["number"], day=_day(facts["valid_from"])), ""


def _withdrawn(facts: Facts, _choices: Choices) -> tuple[str, str]:
    if facts["taken_back"]:
        goes_on = _("Version {number} goes on.").format(number=facts["reopens"]) if facts["reopens"] else ""
        return _("Version {number} taken back before it came into force").format(number=facts["number"]), goes_on
    return _("Version {number} ends on {day}").format(number=facts["number"], day=_day(facts["until"])), ""


def _begun(facts: Facts, _choices: Choices) -> tuple[str, str]:
    copied = _("Copied from version {number} of “{code}”").format(
        number=facts["copied_number"], code=facts["copied_code"]
    )
    return _("Draft begun"), {"VERSION": copied, "FILE": _("From a YAML file")}.get(facts["origin"], "")


def _discarded(_facts: Facts, _choices: Choices) -> tuple[str, str]:
    return _("Draft discarded"), ""


def _changed(facts: Facts, choices: Choices) -> tuple[str, str]:
    place = place_in(facts["place"])
    titles = {
        "PUT": _("Draft changed: {part}"),
        "ADDED": _("Draft: added in {part}"),
        "REMOVED": _("Draft: removed from {part}"),
        "MOVED": _("Draft: moved in {part}"),
    }
    title = titles.get(facts["what"], titles["PUT"]).format(part=_part(place))
    lines = [facts["heading"]] if facts["heading"] else []
    lines += _lines(place, facts["changes"], choices)
    return title, "\n".join(lines)


def _part(place: tuple[str | int, ...]) -> str:
    return str(TITLES[part_of(place)])


def _lines(place: tuple[str | int, ...], changes: dict[str, list[Any]], choices: Choices) -> list[str]:
    try:
        entries = {entry.name: entry for entry in sheet_at(place)[0].entries}
    except NotFound:
        entries = {}
    words = _("{label}: from “{before}” to “{after}”")
    lines = []
    for name, (before, after) in changes.items():
        entry = entries.get(name)
        said = [value_words(entry, value, choices) if entry else _plain(value) for value in (before, after)]
        lines.append(words.format(label=entry.label if entry else name, before=said[0], after=said[1]))
    return lines


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or NOTHING)


_SAY: dict[str, Callable[[Facts, Choices], tuple[str, str]]] = {
    "catalogue.VersionPublished": _published,
    "catalogue.VersionWithdrawn": _withdrawn,
    "catalogue.DraftBegun": _begun,
    "catalogue.DraftChanged": _changed,
    "catalogue.DraftDiscarded": _discarded,
}

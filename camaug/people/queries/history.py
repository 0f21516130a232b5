"""What has happened to an agency or an officer, in words: what, from which day, before and after, by whom, when."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.grants import OfficeKind
from camaug.kernel.history import history_of
from camaug.kernel.models import EventRecord
from camaug.kernel.paging import Page
from camaug.people.models import AgencyKind, AgencyLevel, AgencyTerm, Officer, Place, Position, Role
from camaug.people.numbers import display_phone
from camaug.people.queries.words import KIND_WORDS


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history; `words` say more, "" where the title says all."""

    title: str
    words: str
    at: datetime
    by: str


type Facts = dict[str, Any]
type Say = Callable[[Facts, "_Names"], tuple[str, str]]


def history(subject_id: UUID, *, token: str = "") -> Page[Happening]:
    """The events about an agency or an officer, the latest first; of other kinds nothing is told."""
    page = history_of(subject_id, token=token)
    rows = [row for row in page.rows if row.name in _SAY]
    names = _Names(rows)
    told = tuple(_told(row, names) for row in rows)
    return Page(told, page.older, page.newer)


def _told(row: EventRecord, names: "_Names") -> Happening:
    title, words = _SAY[row.name](row.facts, names)
    return Happening(title, words, row.at, row.actor_name)


class _Names:
    """The names behind the ids in some events, asked for at once."""

    def __init__(self, rows: Sequence[EventRecord]) -> None:
        ids = {value for row in rows for value in _ids(row.facts)}
        terms = AgencyTerm.objects.filter(agency_id__in=ids).order_by("valid_from")
        self._names: dict[str, str] = {str(key): name for key, name in terms.values_list("agency_id", "name")}
        held = Position.objects.filter(id__in=ids).values_list("id", "title", "agency_id")
        agencies = AgencyTerm.objects.filter(agency_id__in={agency for _id, _title, agency in held})
        of = dict(agencies.order_by("valid_from").values_list("agency_id", "name"))
        self._names |= {str(key): f"{title}, {of[agency]}" for key, title, agency in held}
        self._names |= {str(k): v for k, v in Officer.objects.filter(id__in=ids).values_list("id", "full_name")}
        self._names |= {str(k): v for k, v in Place.objects.filter(id__in=ids).values_list("id", "full_name")}
        for model in (Role, AgencyKind, AgencyLevel):
            self._names |= dict(model._default_manager.values_list("code", "name"))

    def of(self, value: object) -> str:
        """The name of what the id or code stands for; a dash for none."""
        return self._names.get(str(value), str(value)) if value else "–"

    def all(self, values: Iterable[object]) -> str:
        """Several names, divided by commas."""
        return ", ".join(self.of(value) for value in values) or _("none")


def _ids(facts: Facts) -> Iterable[str]:
    for value in facts.values():
        pairs = [one for pair in value.values() for one in pair] if isinstance(value, dict) else [value]
        yield from (one for one in pairs if isinstance(one, str) and len(one) == 36)


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else "–"


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(LOCAL):%H:%M %d/%m/%Y}"


def _from_to(before: str, after: str) -> str:
    return _("from “{before}” to “{after}”").format(before=before or "–", after=after or "–")


def _founded(facts: Facts, names: _Names) -> tuple[str, str]:
    words = _("{name}, code {code}, under {parent}")
    said = words.format(name=facts["agency_name"], code=facts["code"], parent=names.of(facts["parent"]))
    return _("Founded from {day}").format(day=_day(facts["from_date"])), said


def _renamed(facts: Facts, _names: _Names) -> tuple[str, str]:
    said = _from_to(facts.get("earlier", ""), facts["agency_name"])
    return _("Renamed from {day}").format(day=_day(facts["from_date"])), said


def _moved(facts: Facts, names: _Names) -> tuple[str, str]:
    said = _from_to(names.of(facts.get("earlier")), names.of(facts["parent"]))
    return _("Moved under another agency from {day}").format(day=_day(facts["from_date"])), said


def _changed(facts: Facts, names: _Names) -> tuple[str, str]:
    return _("Facts changed from {day}").format(day=_day(facts["from_date"])), _changes(facts["changes"], names)


def _closed(facts: Facts, _names: _Names) -> tuple[str, str]:
    return _("Closed from {day}").format(day=_day(facts["until_date"])), ""


def _code_replaced(facts: Facts, _names: _Names) -> tuple[str, str]:
    return _("Identity code replaced"), _from_to(facts["earlier"], facts["code"])


def _engaged(facts: Facts, _names: _Names) -> tuple[str, str]:
    return _("Entered"), str(facts["official_email"])


def _corrected(facts: Facts, names: _Names) -> tuple[str, str]:
    return _("Details corrected"), _changes(facts["changes"], names)


def _linked(facts: Facts, _names: _Names) -> tuple[str, str]:
    return _("Personal number entered"), _("by the officer himself") if facts["himself"] else ""


def _said(_facts: Facts, _names: _Names) -> tuple[str, str]:
    return _("Personal number entered"), _("by the officer himself, not confirmed")


def _kind_changed(facts: Facts, _names: _Names) -> tuple[str, str]:
    change = _from_to(*(str(KIND_WORDS[OfficeKind(facts[name])]) for name in ("earlier", "kind")))
    return _("Kind of account changed"), change


def _appointed(facts: Facts, names: _Names) -> tuple[str, str]:
    words = _("{title}, {agency}. Roles: {roles}")
    said = words.format(title=facts["title"], agency=names.of(facts["agency"]), roles=names.all(facts["roles"]))
    return _("Appointed from {day}").format(day=_day(facts["from_date"])), said


def _roles_changed(facts: Facts, names: _Names) -> tuple[str, str]:
    change = _from_to(names.all(facts["earlier"]), names.all(facts["roles"]))
    return _("Roles changed"), f"{names.of(facts['position'])}: {change}"


def _ended(facts: Facts, names: _Names) -> tuple[str, str]:
    return _("Position ends on {day}").format(day=_day(facts["until_date"])), names.of(facts["position"])


def _absent(facts: Facts, names: _Names) -> tuple[str, str]:
    times = _("Absent from {begin} until {end}").format(begin=_moment(facts["from_at"]), end=_moment(facts["until_at"]))
    words = _("{position}. Stand-in: {name}")
    return times, words.format(position=names.of(facts["position"]), name=names.of(facts["stand_in"]))


def _absence_ended(facts: Facts, names: _Names) -> tuple[str, str]:
    return _("Absence ended before its time"), names.of(facts["position"])


def _left(facts: Facts, _names: _Names) -> tuple[str, str]:
    return _("Left the service on {day}").format(day=_day(facts["left_date"])), ""


def _changes(changes: dict[str, list[str]], names: _Names) -> str:
    words = {
        "kind_id": _("Kind of agency"),
        "level_id": _("Level"),
        "place_id": _("Place"),
        "address": _("Address"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "hours": _("Opening hours in words"),
        "full_name": _("Name of the officer"),
    }

    def said(column: str, value: str) -> str:
        return display_phone(value) if column == "phone" and value else names.of(value)

    lines = (
        f"{words.get(column, column)}: {_from_to(said(column, before), said(column, after))}"
        for column, (before, after) in changes.items()
    )
    return "\n".join(lines)


_SAY: dict[str, Say] = {
    "people.AgencyFounded": _founded,
    "people.AgencyRenamed": _renamed,
    "people.AgencyMoved": _moved,
    "people.AgencyChanged": _changed,
    "people.AgencyClosed": _closed,
    "people.AgencyCodeReplaced": _code_replaced,
    "people.OfficerEngaged": _engaged,
    "people.OfficerCorrected": _corrected,
    "people.OfficerLinked": _linked,
    "people.OwnNumberSaid": _said,
    "people.OfficerKindChanged": _kind_changed,
    "people.OfficerAppointed": _appointed,
    "people.RolesChanged": _roles_changed,
    "people.PositionEnded": _ended,
    "people.AbsenceDeclared": _absent,
    "people.AbsenceEnded": _absence_ended,
    "people.OfficerLeft": _left,
}

"""The forms of an agency: founding, renaming, moving, changing its facts, closing. Each calls one action."""

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.pages import Request
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.change_agency import change_agency
from camaug.people.actions.close_agency import close_agency
from camaug.people.actions.found_agency import CodeMalformed, CodeTaken, ParentNotThere, found_agency
from camaug.people.actions.move_agency import UnderItself, move_agency
from camaug.people.actions.rename_agency import rename_agency
from camaug.people.queries import directory
from camaug.people.queries.offices import office
from camaug.people.queries.places import place_by_code
from camaug.people.queries.words import agency_words
from camaug.people.web.admin.forms import answer, day_in, seen_in, shown_day
from camaug.ui.administration import administrators

_FIELDS = {
    CodeMalformed: "code",
    CodeTaken: "code",
    ParentNotThere: "parent",
    UnderItself: "parent",
    AgencyNotThere: "day",
}
_HOLDS = {
    **{name: name for name in ("name", "short_name", "name_en", "address", "phone", "email", "hours")},
    "kind": "kind_code",
    "level": "level_code",
    "place": "place_code",
}
_PLACE_KINDS = ("COMMUNE", "DISTRICT", "PROVINCE")


@administrators
def founding(request: Request) -> HttpResponseBase:
    """A new agency, from any day on."""
    shown = {
        "title": _("Found an agency"),
        "page": None,
        "whose": "",
        "position": None,
        "day": shown_day(request, "day"),
        **_choices(),
    }
    holds = {"parent": request.GET.get("under", "")[:40]}

    def act(typed: QueryDict) -> None:
        found_agency(
            typed.get("code", "").strip().upper(),
            name=typed.get("name", ""),
            short_name=typed.get("short_name", ""),
            name_en=typed.get("name_en", ""),
            parent_id=_agency(request, typed.get("parent", ""), may_be_none=True),
            from_date=day_in(typed, "day"),
            **_facts(request, typed),
            by=request.actor,
            at=request.at,
        )

    back = reverse("people:agencies")
    done, template = _("Founded."), "people/admin/founding.html"
    return answer(request, template, shown, act=act, done=done, back=back, fields=_FIELDS, holds=holds)


@administrators
def renaming(request: Request, agency_id: UUID) -> HttpResponseBase:
    """Another name from a day on."""

    def act(typed: QueryDict) -> None:
        rename_agency(
            agency_id,
            name=typed.get("name", ""),
            short_name=typed.get("short_name", ""),
            name_en=typed.get("name_en", ""),
            from_date=day_in(typed, "day"),
            seen=seen_in(typed),
            by=request.actor,
            at=request.at,
        )

    return _form(request, agency_id, "renaming", _("Rename"), act, _("Renamed."))


@administrators
def move(request: Request, agency_id: UUID) -> HttpResponseBase:
    """Under another agency from a day on."""

    def act(typed: QueryDict) -> None:
        parent = _agency(request, typed.get("parent", ""))
        assert parent
        day = day_in(typed, "day")
        move_agency(agency_id, parent_id=parent, from_date=day, seen=seen_in(typed), by=request.actor, at=request.at)

    return _form(request, agency_id, "move", _("Move under another agency"), act, _("Moved."))


@administrators
def facts(request: Request, agency_id: UUID) -> HttpResponseBase:
    """Other facts from a day on: kind, level, place, address, telephone, mail, hours."""

    def act(typed: QueryDict) -> None:
        change_agency(
            agency_id,
            **_facts(request, typed),
            from_date=day_in(typed, "day"),
            seen=seen_in(typed),
            by=request.actor,
            at=request.at,
        )

    return _form(request, agency_id, "facts", _("Change the facts"), act, _("Changed."))


@administrators
def closing(request: Request, agency_id: UUID) -> HttpResponseBase:
    """The agency ends on a day."""

    def act(typed: QueryDict) -> None:
        close_agency(agency_id, until_date=day_in(typed, "day"), seen=seen_in(typed), by=request.actor, at=request.at)

    return _form(request, agency_id, "closing", _("Close the agency"), act, _("Closed."))


def _form(request: Request, agency_id: UUID, name: str, title: str, act: Any, done: str) -> HttpResponseBase:
    page = office(agency_id, at=request.at)
    shown = {
        "page": page,
        "whose": page.term.name,
        "position": None,
        "title": title,
        "day": shown_day(request, "day"),
        **_choices(),
    }
    holds = {name: getattr(page.term, column) for name, column in _HOLDS.items()}
    back = reverse("people:agency", args=[agency_id])
    template = f"people/admin/{name}.html"
    return answer(request, template, shown, act=act, done=done, back=back, fields=_FIELDS, holds=holds)


def _choices() -> dict[str, Any]:
    kinds, levels = agency_words()
    return {
        "kinds": [{"value": code, "label": name} for code, name in kinds],
        "levels": [{"value": code, "label": name} for code, name in levels],
    }


def _facts(request: Request, typed: QueryDict) -> dict[str, Any]:
    return {
        "kind": typed.get("kind", ""),
        "level": typed.get("level", ""),
        "place_id": _place(request, typed.get("place", "").strip()),
        **{name: typed.get(name, "") for name in ("address", "phone", "email", "hours")},
    }


def _agency(request: Request, text: str, *, may_be_none: bool = False) -> UUID | None:
    """The agency that a code, or a whole name, means on the form's day or today. Raises InvalidInput."""
    wanted = text.strip()
    if not wanted and may_be_none:
        return None
    for day in {day_in(request.POST, "day"), request.at.astimezone(LOCAL).date()}:
        then = directory(day)
        try:
            return then.by_code(wanted.upper()).id
        except NotFound:
            found = [agency.id for agency in then if agency.name.lower() == wanted.lower()]
        if len(found) == 1:
            return found[0]
    raise InvalidInput({"parent": _("No single agency has this code or name. Write its identity code.")})


def _place(request: Request, code: str) -> UUID | None:
    if not code:
        return None
    for kind in _PLACE_KINDS:
        try:
            return place_by_code(kind, code, request.at.astimezone(LOCAL).date()).id
        except NotFound:
            continue
    raise InvalidInput({"place": _("There is no place with this code.")})

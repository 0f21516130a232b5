"""Who is away and who acts meanwhile: for a head everybody of the units led, for anybody oneself."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from camaug.catalogue.forms.dates import parse_day
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.pages import Request, fresh, staff
from camaug.people.actions.declare_absence import (
    AlreadyAbsent,
    NamesHimself,
    PeriodBackwards,
    StandInHasLeft,
    StandsInForSelf,
    declare_absence,
)
from camaug.people.actions.end_absence import end_absence
from camaug.people.queries import StaffView, may_declare_absence, staff_of

DECLARING = "people.declare_absence"
NAMES = ("position", "from", "until", "stand_in", "reason")
FIELDS: dict[type[DomainError], str] = {
    PeriodBackwards: "until",
    AlreadyAbsent: "from",
    StandsInForSelf: "stand_in",
    NamesHimself: "stand_in",
    StandInHasLeft: "stand_in",
    NotFound: "position",
}


@fresh
@staff
def absences(request: Request) -> HttpResponseBase:
    """GET shows who is away and the form; POST declares an absence."""
    if request.method != "POST":
        begun = dict.fromkeys(NAMES, "") | {"position": request.GET.get("position", "")}
        return _form(request, begun, {}, 200)
    typed = {name: request.POST.get(name, "").strip() for name in NAMES}
    errors: dict[str, str] = {}
    first, last = (_day(typed, name, errors) for name in ("from", "until"))
    if errors or first is None or last is None:
        return _form(request, typed, errors, 422)
    try:
        declare_absence(
            _chosen(typed["position"]),
            stand_in_id=_chosen(typed["stand_in"]) if typed["stand_in"] else None,
            from_at=max(_midnight(first), request.at) if first == _today(request) else _midnight(first),
            until_at=_midnight(last + timedelta(days=1)),
            reason=typed["reason"],
            by=request.actor,
            at=request.at,
        )
    except DomainError as no:
        field = FIELDS.get(type(no), "")
        return _form(request, typed, {field: str(no)}, 403 if isinstance(no, NotAllowed) else 422)
    messages.success(request, _("The absence has been declared."))
    return redirect("desk:absences")


@staff
@require_POST
def absence_end(request: Request, absence: UUID) -> HttpResponse:
    """The officer is back."""
    try:
        end_absence(absence, by=request.actor, at=request.at)
        messages.success(request, _("The absence has ended."))
    except (NotFound, NotAllowed):
        raise
    except DomainError as no:
        messages.error(request, str(no))
    return redirect("desk:absences")


def _form(request: Request, typed: Mapping[str, str], errors: Mapping[str, str], status: int) -> HttpResponse:
    around = _around(request)
    mine = _of_mine(request, around)
    shown = {
        "away": [one for one in mine if one.absence],
        "positions": [_option(one.position.id, one) for one in mine],
        "colleagues": _colleagues(around),
        "led": _led(request, around),
        "typed": {**typed, "position": typed["position"] or (str(mine[0].position.id) if len(mine) == 1 else "")},
        "errors": errors,
        "now": request.at,
    }
    return render(request, "desk/absences.html", shown, status=status)


def _around(request: Request) -> tuple[StaffView, ...]:
    """Everybody with a role in the units where the officer works or which he leads."""
    led = request.actor.units_of(DECLARING)
    return staff_of(sorted(led | request.actor.unit_ids, key=str), request.at)


def _of_mine(request: Request, around: tuple[StaffView, ...]) -> list[StaffView]:
    """For whom the officer may declare it."""
    return [one for one in around if may_declare_absence(request.actor, one.position)]


def _led(request: Request, around: tuple[StaffView, ...]) -> list[dict[str, str]]:
    """Each officer once of whom the reader may see what he may do."""
    units = request.actor.units_of("people.see_rights")
    return _colleagues(tuple(one for one in around if one.position.agency_id in units))


def _colleagues(around: tuple[StaffView, ...]) -> list[dict[str, str]]:
    """Each officer once, with his first title."""
    found: dict[UUID, StaffView] = {}
    for one in around:
        found.setdefault(one.position.officer_id, one)
    return [_option(officer, one) for officer, one in found.items()]


def _option(value: UUID, one: StaffView) -> dict[str, str]:
    return {"value": str(value), "label": f"{one.position.officer_name}, {one.position.title}"}


def _day(typed: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    try:
        return parse_day(typed[name][:10])
    except DomainError as no:
        errors[name] = str(no)
        return None


def _chosen(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def _today(request: Request) -> date:
    return request.at.astimezone(LOCAL).date()

"""The forms of an officer: entering, correcting, appointing, roles, ending a position, absence, leaving."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.grants import OfficeKind, kind_of
from camaug.kernel.pages import Request, fresh
from camaug.people.actions.appoint import AlreadyHeld, RoleUnknown, TitleMissing, appoint
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.change_roles import change_roles
from camaug.people.actions.correct_officer import correct_officer
from camaug.people.actions.declare_absence import PeriodBackwards, StandInHasLeft, StandsInForSelf, declare_absence
from camaug.people.actions.end_absence import end_absence
from camaug.people.actions.end_position import PositionNotHeld, end_position
from camaug.people.actions.engage_officer import AddressMalformed, AddressTaken, engage_officer
from camaug.people.actions.entrust_role import BeyondTheEnd, EntrustedAlready, ReasonMissing, TermOver, entrust_role
from camaug.people.actions.keep_apart import KindsMixed
from camaug.people.actions.leave import AlreadyLeft, leave
from camaug.people.actions.link_officer import NotTheSamePerson, NumberOfAnother, link_officer
from camaug.people.actions.register_person import NameMissing
from camaug.people.numbers import NotAPersonalNumber, NotAPhone, OldIdentityCardNumber
from camaug.people.queries import KIND_WORDS, directory, officer_by_email
from camaug.people.queries.staff import OfficerPage, PositionRow, RoleRow, role_rows, staff_member
from camaug.people.web.admin.forms import answer, day_in, seen_in, shown_day
from camaug.people.web.admin.officers import WORDS
from camaug.people.web.desk.delegations import period
from camaug.ui.administration import administrators

_FIELDS = {
    AddressMalformed: "email",
    AddressTaken: "email",
    NameMissing: "name",
    NotAPhone: "phone",
    NotAPersonalNumber: "number",
    OldIdentityCardNumber: "number",
    NotTheSamePerson: "number",
    NumberOfAnother: "number",
    TitleMissing: "title",
    AlreadyHeld: "title",
    KindsMixed: "roles",
    RoleUnknown: "roles",
    AgencyNotThere: "day",
    PositionNotHeld: "day",
    AlreadyLeft: "day",
    PeriodBackwards: "until",
    StandsInForSelf: "stand_in",
    StandInHasLeft: "stand_in",
    BeyondTheEnd: "until",
    TermOver: "until",
    EntrustedAlready: "roles",
    ReasonMissing: "reason",
}

type Act = Callable[[QueryDict], object]


@administrators
def engagement(request: Request) -> HttpResponseBase:
    """A new officer, who holds no position yet."""

    def act(typed: QueryDict) -> None:
        engage_officer(
            typed.get("name", ""),
            official_email=typed.get("email", ""),
            phone=typed.get("phone", ""),
            by=request.actor,
            at=request.at,
        )

    entered = WORDS.words(request.POST.get("email", ""), by=request.actor)
    back = f"{reverse('people:officers')}?{urlencode(entered.query)}"
    done = _("Entered. Now appoint the officer to a position.")
    shown = {"title": _("Enter an officer"), "page": None, "whose": "", "position": None}
    return answer(request, "people/admin/engagement.html", shown, act=act, done=done, back=back, fields=_FIELDS)


@administrators
def correction(request: Request, officer_id: UUID) -> HttpResponseBase:
    """Another name or telephone."""

    def act(typed: QueryDict) -> None:
        name, phone = typed.get("name", ""), typed.get("phone", "")
        seen = seen_in(typed)
        correct_officer(officer_id, full_name=name, phone=phone, seen=seen, by=request.actor, at=request.at)

    return _form(request, officer_id, "correction", _("Correct the details"), act, _("Corrected."))


@fresh
@administrators
def identity(request: Request, officer_id: UUID) -> HttpResponseBase:
    """Who the officer is as a citizen."""

    def act(typed: QueryDict) -> None:
        number = typed.get("number", "")[:30]
        link_officer(officer_id, personal_number=number, seen=seen_in(typed), by=request.actor, at=request.at)

    return _form(request, officer_id, "identity", _("Enter the personal number"), act, _("Entered."))


@fresh
@administrators
def appointment(request: Request, officer_id: UUID) -> HttpResponseBase:
    """A position from a day on, with its roles."""

    def act(typed: QueryDict) -> None:
        day = day_in(typed, "day")
        appoint(
            officer_id,
            agency_id=_agency(typed.get("agency", ""), day_of=typed),
            title=typed.get("title", ""),
            roles=typed.getlist("roles"),
            from_date=day,
            main="main" in typed,
            seen=seen_in(typed),
            by=request.actor,
            at=request.at,
        )

    return _form(request, officer_id, "appointment", _("Appoint to a position"), act, _("Appointed."))


@administrators
def departure(request: Request, officer_id: UUID) -> HttpResponseBase:
    """The officer leaves the service on a day; all positions end."""

    def act(typed: QueryDict) -> None:
        leave(officer_id, left_date=day_in(typed, "day"), seen=seen_in(typed), by=request.actor, at=request.at)

    return _form(request, officer_id, "departure", _("Let the officer leave"), act, _("Written down."))


@fresh
@administrators
def roles(request: Request, officer_id: UUID, position_id: UUID) -> HttpResponseBase:
    """Other roles of a position."""

    def act(typed: QueryDict) -> None:
        change_roles(
            position_id,
            roles=typed.getlist("roles"),
            main="main" in typed,
            seen=seen_in(typed),
            by=request.actor,
            at=request.at,
        )

    return _form(request, officer_id, "position_roles", _("Change the roles"), act, _("Changed."), position_id)


@administrators
def ending(request: Request, officer_id: UUID, position_id: UUID) -> HttpResponseBase:
    """A position ends on a day."""

    def act(typed: QueryDict) -> None:
        end_position(position_id, until_date=day_in(typed, "day"), seen=seen_in(typed), by=request.actor, at=request.at)

    return _form(request, officer_id, "ending", _("End the position"), act, _("Written down."), position_id)


@fresh
@administrators
def absence(request: Request, officer_id: UUID, position_id: UUID) -> HttpResponseBase:
    """The holder is away from a day to a day, both in it; somebody may stand in."""

    def act(typed: QueryDict) -> None:
        first, last = day_in(typed, "day"), day_in(typed, "until")
        declare_absence(
            position_id,
            stand_in_id=_officer(typed.get("stand_in", "")),
            from_at=datetime.combine(first, time(), LOCAL),
            until_at=datetime.combine(last + timedelta(days=1), time(), LOCAL),
            reason=typed.get("reason", "")[:200],
            seen=seen_in(typed),
            by=request.actor,
            at=request.at,
        )

    return _form(request, officer_id, "absence", _("Declare an absence"), act, _("Written down."), position_id)


@fresh
@administrators
def entrusting(request: Request, officer_id: UUID, position_id: UUID) -> HttpResponseBase:
    """A role that the position carries for a time."""

    def act(typed: QueryDict) -> None:
        from_at, until_at = period(request, typed)
        entrust_role(
            position_id,
            role=typed.get("role", ""),
            from_at=from_at,
            until_at=until_at,
            reason=typed.get("reason", ""),
            by=request.actor,
            at=request.at,
        )

    return _form(request, officer_id, "entrusting", _("Give a role for a time"), act, _("Given."), position_id)


@administrators
def return_early(request: Request, officer_id: UUID, absence_id: UUID) -> HttpResponseBase:
    """POST: the absence ends now."""
    if request.method == "POST":
        try:
            end_absence(absence_id, seen=seen_in(request.POST), by=request.actor, at=request.at)
            messages.success(request, _("The absence has ended."))
        except NotFound:
            raise
        except DomainError as no:
            messages.warning(request, str(no))
    return redirect("people:officer", officer_id)


def _form(
    request: Request,
    officer_id: UUID,
    name: str,
    title: str,
    act: Act,
    done: str,
    position_id: UUID | None = None,
) -> HttpResponseBase:
    page = staff_member(officer_id, at=request.at)
    position = page.position(position_id) if position_id else None
    shown: dict[str, Any] = {
        "page": page,
        "whose": page.name,
        "title": title,
        "position": position,
        "roles": [_choice(role, page) for role in role_rows(at=request.at) if _offered(role, page, position)],
        "chosen": request.POST.getlist("roles") if request.method == "POST" else position.roles if position else (),
        "day": shown_day(request, "day"),
        "until": shown_day(request, "until"),
    }
    is_main = position.main if position else not any(one.main and one.state == "now" for one in page.positions)
    holds = {"name": page.name, "phone": page.phone, "main": "yes" if is_main else ""}
    back = reverse("people:officer", args=[officer_id])
    template = f"people/admin/{name}.html"
    return answer(request, template, shown, act=act, done=done, back=back, fields=_FIELDS, holds=holds)


def _offered(role: RoleRow, page: OfficerPage, position: PositionRow | None) -> bool:
    """Whether the role belongs to the kind of account, or is carried all the same."""
    fits = not page.is_settled or kind_of(role.code) == page.kind
    return fits or (position is not None and role.code in position.roles)


def _choice(role: RoleRow, page: OfficerPage) -> dict[str, str]:
    """A role with what it is, and what kind of account it makes of an entry that holds its first position."""
    kind, hint = kind_of(role.code), role.description
    if kind != OfficeKind.OFFICER and not page.is_settled:
        words = _("{role} It makes this {kind}, which holds no role of another kind.")
        hint = words.format(role=role.description, kind=KIND_WORDS[kind]).strip()
    return {"value": role.code, "label": role.name, "hint": hint}


def _agency(text: str, *, day_of: QueryDict) -> UUID:
    """The agency that a code, or a whole name, means on the form's day. Raises InvalidInput."""
    wanted, then = text.strip(), directory(day_in(day_of, "day"))
    found = [one.id for one in then if wanted and (one.code == wanted.upper() or one.name.lower() == wanted.lower())]
    if len(found) != 1:
        raise InvalidInput({"agency": _("No single agency has this code or name. Write its identity code.")})
    return found[0]


def _officer(text: str) -> UUID | None:
    if not text.strip():
        return None
    try:
        return officer_by_email(text).id
    except NotFound:
        raise InvalidInput({"stand_in": _("No officer has this official e-mail.")}) from None

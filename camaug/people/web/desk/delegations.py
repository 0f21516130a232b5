"""Delegating a role of one's own position for a time; what one holds so; ending it."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from camaug.kernel.actors import Actor, Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.grants import SET_APART
from camaug.kernel.pages import Request, fresh, staff
from camaug.people.actions.declare_absence import PeriodBackwards
from camaug.people.actions.end_role_term import end_role_term
from camaug.people.actions.entrust_role import (
    BeyondTheEnd,
    DocumentMissing,
    EntrustedAlready,
    NotOwnRole,
    ReasonMissing,
    TermOver,
    ToOneself,
    entrust_role,
)
from camaug.people.policy import DELEGATE
from camaug.people.queries.officers import staff_of
from camaug.people.queries.rights import role_names
from camaug.people.queries.role_terms import role_terms
from camaug.people.web.admin.forms import answer, day_in, shown_day

FIELDS: dict[type[DomainError], str] = {
    PeriodBackwards: "until",
    TermOver: "until",
    BeyondTheEnd: "until",
    NotOwnRole: "lent",
    ToOneself: "to",
    EntrustedAlready: "to",
    DocumentMissing: "document",
    ReasonMissing: "reason",
}


@fresh
@staff
def delegations(request: Request) -> HttpResponseBase:
    """GET shows what one lends and holds, and the form where one may delegate; POST delegates."""

    def act(typed: QueryDict) -> None:
        from_at, until_at = period(request, typed)
        position, _sep, role = typed.get("lent", "").partition(" ")
        entrust_role(
            _chosen(typed.get("to", ""), "to"),
            role=role,
            delegated_from=_chosen(position, "lent"),
            from_at=from_at,
            until_at=until_at,
            document=typed.get("document", ""),
            reason=typed.get("reason", ""),
            by=request.actor,
            at=request.at,
        )

    units = request.actor.unit_ids | request.actor.led_unit_ids
    own = {post.id for post in request.actor.posts if not post.instead_of}
    around = staff_of(sorted(units, key=str), request.at)
    shown = {
        "title": _("Delegate a role"),
        "terms": role_terms(own, at=request.at),
        "lendable": _lendable(request.actor),
        "colleagues": [
            {"value": str(one.position.id), "label": f"{one.position.officer_name}, {one.position.title}"}
            for one in around
            if one.position.id not in own
        ],
        "day": shown_day(request, "day"),
        "until": shown_day(request, "until"),
    }
    back, template = reverse("people:delegations"), "people/desk/delegations.html"
    return answer(request, template, shown, act=act, done=_("Delegated."), back=back, fields=FIELDS)


@staff
@require_POST
def term_ending(request: Request, term_id: UUID) -> HttpResponse:
    """The role ends now."""
    try:
        end_role_term(term_id, by=request.actor, at=request.at)
        messages.success(request, _("It has ended."))
    except (NotFound, NotAllowed):
        raise
    except DomainError as no:
        messages.warning(request, str(no))
    return redirect("people:delegations")


def period(request: Request, typed: QueryDict) -> tuple[datetime, datetime]:
    """From the first day, today from now on, until the last day is over."""
    first, last = day_in(typed, "day"), day_in(typed, "until")
    begins = datetime.combine(first, time(), LOCAL)
    today = request.at.astimezone(LOCAL).date()
    ends = datetime.combine(last + timedelta(days=1), time(), LOCAL)
    return (max(begins, request.at) if first == today else begins), ends


def _lendable(actor: Actor) -> list[dict[str, str]]:
    names = role_names()
    return [
        {"value": f"{post.id} {role}", "label": f"{names.get(role, role)} ({post.title})"}
        for post in _first_of_each(actor)
        for role in sorted(post.roles - SET_APART)
        if post.reach_of(DELEGATE.code)
    ]


def _first_of_each(actor: Actor) -> list[Post]:
    """The own posts; a role entrusted for a time stands later, in a post of the same id."""
    found: dict[UUID, Post] = {}
    for post in actor.posts:
        if not post.instead_of:
            found.setdefault(post.id, post)
    return list(found.values())


def _chosen(text: str, name: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput({name: _("Choose one of them.")}) from None

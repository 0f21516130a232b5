"""One officer's account, for administrators."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access.account_rules import rules_at
from camaug.access.actions.change_kind import change_kind
from camaug.access.actions.invite import invite
from camaug.access.actions.reopen_account import WhyMissing, reopen_account
from camaug.access.actions.reset_factors import reset_factors
from camaug.access.actions.sign_out_everywhere import sign_out_everywhere
from camaug.access.actions.withdraw_invitations import withdraw_invitation
from camaug.access.models import DecisionKind
from camaug.access.queries import factors_of, sessions_of
from camaug.access.queries.decisions import decisions_about
from camaug.access.queries.standings import stand_of
from camaug.access.web.admin.invitations import STANDINGS, TONES
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.grants import OfficeKind
from camaug.kernel.pages import Request, fresh
from camaug.people.actions.be_of_kind import SameKind, StillCarries
from camaug.people.queries import account_kind, officer
from camaug.ui.administration import administrators

KINDS = {
    DecisionKind.REOPENED: gettext_lazy("Opened again"),
    DecisionKind.FACTORS_RESET: gettext_lazy("Second factors reset"),
    DecisionKind.SIGNED_OUT: gettext_lazy("Signed out of all devices"),
    DecisionKind.KIND_CHANGED: gettext_lazy("Kind of account changed"),
    DecisionKind.ALL_SIGNED_OUT: gettext_lazy("Has signed everybody out"),
}


@administrators
def account(request: Request, officer_id: UUID) -> HttpResponseBase:
    """How far the account is, and what can be done about it."""
    return _page(request, officer_id, {})


def _page(request: Request, officer_id: UUID, errors: dict[str, str]) -> HttpResponse:
    stand, who = stand_of(officer_id, at=request.at), officer(officer_id)
    told = {
        "errors": errors,
        "kinds": [{"value": kind.value, "label": account_kind(kind)} for kind in OfficeKind if kind != who.kind],
        "typed_kind": request.POST.get("kind", ""),
        "typed": request.POST.get("reason", ""),
        "decisions": _decisions(stand.account_id),
        "own": stand.account_id == request.actor.account_id,
        "officer": who,
        "stand": stand,
        "label": STANDINGS[stand.standing],
        "tone": TONES[stand.standing],
        "factors": factors_of(stand.account_id),
        "signed_in": len(sessions_of(stand.account_id, current_key="", at=request.at)),
        "days": rules_at(request.at).invitation_days,
    }
    return render(request, "access/admin/account.html", told, status=422 if errors else 200)


@fresh
@administrators
def reopening(request: Request, officer_id: UUID) -> HttpResponseBase:
    """POST opens the account again, for a reason."""
    said = _("The account is open again, with its password and second factors.")
    return _decided(request, officer_id, "reopening", reopen_account, said)


@fresh
@administrators
def factors_reset(request: Request, officer_id: UUID) -> HttpResponseBase:
    """POST takes the officer's second factors away, for a reason."""
    said = _("The second factors are gone and all sessions have ended. The officer is told by mail.")
    return _decided(request, officer_id, "factors", reset_factors, said)


@fresh
@administrators
def sessions_ending(request: Request, officer_id: UUID) -> HttpResponseBase:
    """POST signs the officer out of every browser and every system, for a reason."""
    said = _("The officer is signed out everywhere. Whoever sits at one of those devices has to sign in again.")
    return _decided(request, officer_id, "sessions", sign_out_everywhere, said)


def _decided(request: Request, officer_id: UUID, field: str, act: Callable[..., None], said: str) -> HttpResponseBase:
    stand = stand_of(officer_id, at=request.at)
    if request.method == "POST":
        try:
            act(stand.account_id, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)
        except NotFound:
            raise
        except DomainError as no:
            return _page(request, officer_id, {field: str(no)})
        messages.success(request, said)
    return redirect("access:account", officer_id)


@fresh
@administrators
def kind(request: Request, officer_id: UUID) -> HttpResponseBase:
    """POST lets the account be for something else, for a reason."""
    stand = stand_of(officer_id, at=request.at)
    if request.method == "POST":
        try:
            wanted = OfficeKind(request.POST.get("kind", ""))
        except ValueError:
            return _page(request, officer_id, {"kind": _("Choose a kind of account.")})
        try:
            reason = request.POST.get("reason", "")
            change_kind(stand.account_id, kind=wanted, reason=reason, by=request.actor, at=request.at)
        except (SameKind, StillCarries) as no:
            return _page(request, officer_id, {"kind": str(no)})
        except WhyMissing as no:
            return _page(request, officer_id, {"reason": str(no)})
        messages.success(request, _("The account is of another kind now, and all sessions have ended."))
    return redirect("access:account", officer_id)


@fresh
@administrators
def letter(request: Request, officer_id: UUID) -> HttpResponseBase:
    """POST sends an invitation in the place of an earlier one, or with `withdraw` takes it back."""
    stand = stand_of(officer_id, at=request.at)
    if request.method == "POST":
        try:
            if "withdraw" in request.POST:
                withdraw_invitation(stand.account_id, by=request.actor, at=request.at)
                said = _("The invitation is withdrawn; its link opens nothing any more.")
            else:
                until = request.at + rules_at(request.at).invitation
                invite(stand.account_id, by_mail=True, until=until, by=request.actor, at=request.at)
                said = _("A letter with a new link is on its way.")
        except DomainError as no:
            messages.warning(request, str(no))
        else:
            messages.success(request, said)
    return redirect("access:account", officer_id)


def _decisions(account_id: UUID) -> list[dict[str, object]]:
    return [{"one": one, "label": KINDS[DecisionKind(one.kind)]} for one in decisions_about(account_id)]

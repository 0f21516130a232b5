"""One officer's account, for administrators."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.account_rules import rules_at
from camaug.access.actions.invite import invite
from camaug.access.actions.withdraw_invitations import withdraw_invitation
from camaug.access.queries import factors_of
from camaug.access.queries.standings import stand_of
from camaug.access.web.admin.invitations import STANDINGS, TONES
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh
from camaug.people.queries import officer
from camaug.ui.administration import administrators


@administrators
def account(request: Request, officer_id: UUID) -> HttpResponseBase:
    """How far the account is, and what can be done about it."""
    stand = stand_of(officer_id, at=request.at)
    told = {
        "officer": officer(officer_id),
        "stand": stand,
        "label": STANDINGS[stand.standing],
        "tone": TONES[stand.standing],
        "factors": factors_of(stand.account_id),
        "days": rules_at(request.at).invitation_days,
    }
    return render(request, "access/admin/account.html", told)


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

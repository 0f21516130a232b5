"""The security of one's own account: what it is protected by."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.access.actions.choose_password import may_choose_password
from camaug.access.actions.end_sessions import end_sessions
from camaug.access.actions.remove_factor import remove_factor
from camaug.access.actions.renew_recovery_codes import renew_recovery_codes
from camaug.access.authentication import Method, forget_second_factors, note_proof
from camaug.access.models import Account, AccountKind
from camaug.access.queries import factors_of, has_factor, identities_of, sessions_of
from camaug.access.web.frame import frame_of
from camaug.access.web.outside import called
from camaug.access.web.session import renew_key, safe_next, sign_out_elsewhere
from camaug.access.web.setting_up import answer_set_up, show_codes
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, fresh, fresh_to_read, signed_in
from camaug.people.queries.staff import own_number


@signed_in
def security(request: Request) -> HttpResponseBase:
    """Password, second factors, recovery codes."""
    account = _account(request)
    told: dict[str, object] = {"layout": frame_of(request), "account": account, "factors": factors_of(account.id)}
    told["has_password"], told["may_have_one"] = account.has_usable_password(), may_choose_password(account)
    told["sessions"] = sessions_of(account.id, current_key=request.session.session_key or "", at=request.at)
    told["is_officer"], told["number"] = bool(request.actor.posts), own_number(request.actor)
    told["is_citizen"] = account.kind == AccountKind.CITIZEN
    told["outside"] = called() if told["is_citizen"] else ""
    told["identities"] = identities_of(account.id)
    return render(request, "access/security.html", told)


@fresh
@signed_in
def session_ending(request: Request) -> HttpResponseBase:
    """POST signs the account out elsewhere: in the browser of `session`, or in all but this one."""
    account = _account(request)
    if request.method == "POST":
        elsewhere = sessions_of(account.id, current_key=request.session.session_key or "", at=request.at)
        ids = [one.id for one in elsewhere if not one.current]
        if "session" in request.POST:
            ids = [one for one in ids if str(one) == request.POST["session"]]
            if not ids:
                raise NotFound
        end_sessions(ids, by=request.actor, at=request.at)
        messages.success(request, _("Signed out there. Whoever sits at that device has to sign in again."))
    return redirect("access:security")


@fresh_to_read
@signed_in
def application(request: Request) -> HttpResponseBase:
    """Set up an application that shows codes."""
    account, onward = _account(request), safe_next(request, otherwise=reverse("access:security"))
    first = not has_factor(account.id)

    def done(method: Method) -> HttpResponseBase:
        note_proof(request, account, method)
        renew_key(request)
        if first:
            sign_out_elsewhere(request, account, by=request.actor)
        messages.success(request, _("The application is set up. It is asked for at your next sign-in."))
        return redirect(onward)

    return answer_set_up(
        request,
        account,
        by=request.actor,
        template="access/application.html",
        done=done,
        onward=onward,
    )


@fresh
@signed_in
def recovery_codes(request: Request) -> HttpResponseBase:
    """GET says what they are; POST makes new ones."""
    account = _account(request)
    sentence = ""
    if request.method == "POST":
        try:
            codes = renew_recovery_codes(by=request.actor, at=request.at)
        except DomainError as no:
            sentence = str(no)
        else:
            return show_codes(request, account, codes, onward=reverse("access:security"))
    told = {"layout": frame_of(request), "factors": factors_of(account.id), "sentence": sentence}
    return render(request, "access/recovery_codes.html", told, status=422 if sentence else 200)


@fresh
@signed_in
def removal(request: Request, factor_id: UUID) -> HttpResponseBase:
    """GET asks, POST takes the factor away."""
    account = _account(request)
    factor = next((one for one in factors_of(account.id).all if one.id == factor_id), None)
    if factor is None:
        raise NotFound
    sentence = ""
    if request.method == "POST":
        try:
            remove_factor(factor_id, by=request.actor, at=request.at)
        except DomainError as no:
            sentence = str(no)
        else:
            if not has_factor(account.id):
                forget_second_factors(request)
            messages.success(request, _("“{name}” is removed.").format(name=factor.name))
            return redirect("access:security")
    told = {"layout": frame_of(request), "factor": factor, "sentence": sentence}
    return render(request, "access/factor_removal.html", told, status=422 if sentence else 200)


def _account(request: Request) -> Account:
    if not isinstance(request.user, Account):
        raise NotFound
    return request.user

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access.actions.choose_password import (
    SHORTEST,
    SHORTEST_WITH_FACTOR,
    PresentPasswordWrong,
    choose_password,
    may_choose_password,
)
from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.note_session import note_new_key
from camaug.access.models import Account, AccountKind
from camaug.access.queries import has_factor
from camaug.access.web.forgotten import FORGOTTEN, has_forgotten
from camaug.access.web.forms import shown
from camaug.access.web.frame import frame_of
from camaug.access.web.session import PASSWORD_DUE, safe_next
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh_to_read, signed_in


class PasswordForm(forms.Form):
    password = forms.CharField(
        strip=False, max_length=200, error_messages={"required": gettext_lazy("Enter your new password.")}
    )


class ChangeForm(PasswordForm):
    present = forms.CharField(
        strip=False, max_length=200, error_messages={"required": gettext_lazy("Enter your present password.")}
    )
    field_order = ("present", "password")


@fresh_to_read
@signed_in
def password(request: Request) -> HttpResponseBase:
    """Choose a password, or another one in the place of the present one; all other browsers are signed out by that."""
    account = request.user
    if not isinstance(account, Account) or not may_choose_password(account):
        return redirect("access:security")
    forgotten = has_forgotten(request, account)
    asks = account.has_usable_password() and not forgotten
    form = (ChangeForm if asks else PasswordForm)(request.POST or None)
    if request.method != "POST":
        return _page(request, account, form, 200)
    if not form.is_valid():
        return _page(request, account, form, 422)
    try:
        changed = choose_password(
            form.cleaned_data["password"],
            present=form.cleaned_data.get("present", ""),
            forgotten=forgotten,
            by=request.actor,
            at=request.at,
        )
    except DomainError as no:
        form.add_error("present" if isinstance(no, PresentPasswordWrong | TooManyAttempts) else "password", str(no))
        return _page(request, account, form, 429 if isinstance(no, TooManyAttempts) else 422)
    before = request.session.session_key
    update_session_auth_hash(request, changed)
    note_new_key(before or "", request.session.session_key or "")
    request.session.pop(PASSWORD_DUE, None)
    request.session.pop(FORGOTTEN, None)
    messages.success(request, _("The password holds from now on. All other devices are signed out."))
    return redirect(safe_next(request, otherwise=reverse("access:security")))


def _page(request: Request, account: Account, form: PasswordForm, status: int) -> HttpResponse:
    told = {
        "layout": frame_of(request),
        "first": not account.has_usable_password(),
        "asks_present": isinstance(form, ChangeForm),
        "is_citizen": account.kind == AccountKind.CITIZEN,
        "due": PASSWORD_DUE in request.session,
        "shortest": SHORTEST_WITH_FACTOR if has_factor(account.id) else SHORTEST,
    }
    told |= shown(form) | {"typed": {}}
    return render(request, "access/password.html", told, status=status)

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_password import prove_password
from camaug.access.authentication import Method
from camaug.access.devices import COOKIE, nonce_for
from camaug.access.identifiers import parse_identifier
from camaug.access.web.forms import IdentifierForm, shown
from camaug.access.web.session import begin_session, safe_next
from camaug.access.web.sign_in import HOME, IDENTIFIER, once_known
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public


@public
def password_sign_in(request: Request) -> HttpResponseBase:
    """A citizen's phone number, e-mail address or personal number, and the password."""
    onward = safe_next(request, otherwise=HOME)
    if request.actor.kind == ActorKind.PUBLIC:
        return redirect(onward)
    typed = {"identifier": request.session.pop(IDENTIFIER, "")}
    form = IdentifierForm(request.POST or None, initial=typed)
    if request.method != "POST":
        return _page(request, form, onward, 200)
    if not form.is_valid():
        return _page(request, form, onward, 422)
    try:
        identifier = parse_identifier(form.cleaned_data["identifier"])
    except DomainError as no:
        form.add_error("identifier", str(no))
        return _page(request, form, onward, 422)
    try:
        account = prove_password(
            identifier,
            password=form.cleaned_data["password"],
            device=partial(nonce_for, request.COOKIES.get(COOKIE, "")),
            by=request.actor,
            at=request.at,
        )
    except DomainError as no:
        form.add_error(None, str(no))
        return _page(request, form, onward, 429 if isinstance(no, TooManyAttempts) else 422)
    return begin_session(request, account, how=Method.PASSWORD, onward=once_known(account, onward))


def _page(request: Request, form: IdentifierForm, onward: str, status: int) -> HttpResponse:
    told = {"heading": _("Sign in with a password"), "next": onward}
    return render(request, "access/sign_in_password.html", told | shown(form), status=status)

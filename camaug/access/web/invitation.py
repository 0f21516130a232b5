from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.accept_invitation import InvitationOver, accept_invitation
from camaug.access.actions.choose_password import SHORTEST, SHORTEST_WITH_FACTOR
from camaug.access.authentication import Method
from camaug.access.queries import Invited, invited_by
from camaug.access.web.forms import shown
from camaug.access.web.officer_sign_in import HOME
from camaug.access.web.password import PasswordForm
from camaug.access.web.session import begin_session
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public


@public
def invitation(request: Request, token: str) -> HttpResponseBase:
    """GET shows for whom the link is and uses nothing up, since mail servers look at links; POST chooses the password.

    The sign-in goes on from there, to the second factor where his work demands one.
    """
    invited = invited_by(token, at=request.at)
    if invited is None:
        return _over(request)
    form = PasswordForm(request.POST or None)
    if request.method != "POST":
        return _page(request, invited, form, 200)
    if not form.is_valid():
        return _page(request, invited, form, 422)
    try:
        account = accept_invitation(token, password=form.cleaned_data["password"], by=request.actor, at=request.at)
    except InvitationOver:
        return _over(request)
    except DomainError as no:
        form.add_error("password", str(no))
        return _page(request, invited, form, 422)
    return begin_session(request, account, how=Method.PASSWORD, onward=HOME)


def _over(request: Request) -> HttpResponse:
    return _private(render(request, "access/invitation_over.html", {"sentence": InvitationOver.sentence}, status=404))


def _page(request: Request, invited: Invited, form: PasswordForm, status: int) -> HttpResponse:
    told = {
        "heading": _("Choose your password"),
        "next": "",
        "invited": invited,
        "shortest": SHORTEST_WITH_FACTOR if invited.has_factor else SHORTEST,
    }
    told |= shown(form) | {"typed": {"password": ""}}
    return _private(render(request, "access/invitation.html", told, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Who comes to the same browser later finds neither a name nor the link."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

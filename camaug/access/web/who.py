from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.link_person import link_person
from camaug.access.web.forms import WhoForm, shown
from camaug.access.web.session import safe_next
from camaug.access.web.sign_in import HOME
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public
from camaug.people.actions.register_person import NameMissing


@public
def who(request: Request) -> HttpResponseBase:
    """Step 3, once for each account: full name and personal number."""
    onward = safe_next(request, otherwise=HOME)
    if request.actor.kind != ActorKind.PUBLIC or request.actor.account_id is None:
        return redirect("access:sign_in")
    if request.actor.person_id:
        return redirect(onward)
    form = WhoForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form, onward, 200)
    if not form.is_valid():
        return _page(request, form, onward, 422)
    try:
        link_person(request.actor.account_id, **form.cleaned_data, by=request.actor, at=request.at)
    except DomainError as no:
        form.add_error("full_name" if isinstance(no, NameMissing) else "personal_number", str(no))
        return _page(request, form, onward, 429 if isinstance(no, TooManyAttempts) else 422)
    return redirect(onward)


def _page(request: Request, form: WhoForm, onward: str, status: int) -> HttpResponse:
    told = {"heading": _("Who you are"), "next": onward}
    return render(request, "access/sign_in_who.html", told | shown(form), status=status)

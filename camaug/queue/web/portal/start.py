from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.count_attempt import TooManyAttempts, count_attempt
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public
from camaug.people.queries import parse_phone
from camaug.queue.actions.send_codes import send_codes
from camaug.queue.codes import read_typed
from camaug.queue.queries import appointments_of, halls
from camaug.queue.web.places import FINDING

WORDS = 60


@public
def start(request: Request) -> HttpResponseBase:
    """Choose the office, or find one's appointment: by its code, or by telephone, to which the codes are sent again."""
    if request.method == "POST":
        return _found(request)
    return _shown(request, {})


def _found(request: Request) -> HttpResponseBase:
    typed = request.POST.get("typed", "").strip()[:200]
    code, _pin = read_typed(typed)
    if code:
        return redirect("queue:appointment", code)
    try:
        phone = parse_phone(typed)
        count_attempt(FINDING, of=phone, by=request.actor, at=request.at)
        send_codes(phone, by=request.actor, at=request.at)
    except TooManyAttempts as no:
        return _shown(request, {"typed": str(no)}, status=429)
    except DomainError:
        return _shown(
            request, {"typed": _("Enter the code of twelve letters and digits, or a phone number.")}, status=422
        )
    messages.success(request, _("If this number has appointments to come, their codes are on the way to it."))
    return redirect("queue:appointments")


def _shown(request: Request, errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:WORDS]
    account = request.actor.account_id
    shown = {
        "q": words,
        "found": halls(words=words, at=request.at) if words else (),
        "mine": appointments_of(account, at=request.at) if account else (),
        "errors": errors,
        "typed": request.POST.get("typed", "")[:200],
    }
    return render(request, "queue/portal/start.html", shown, status=status)

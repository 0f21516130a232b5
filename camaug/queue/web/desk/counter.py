from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, staff
from camaug.people.queries import AgencyView
from camaug.queue.actions.open_counter import open_counter
from camaug.queue.policy import SERVE
from camaug.queue.queries import Screen, screen
from camaug.queue.queries.counters import Present
from camaug.queue.web.desk.places import hall_chosen, halls_of


@staff(may=SERVE.code)
def counter(request: Request) -> HttpResponseBase:
    """The counter's screen; POST `number` opens a counter."""
    if not halls_of(request):
        return render(request, "queue/desk/no_hall.html")
    agency, refusal = hall_chosen(request), ""
    if request.method == "POST":
        number = request.POST.get("number", "")
        try:
            open_counter(agency.id, number=_number(number), by=request.actor, at=request.at)
        except DomainError as no:
            refusal = str(no)
        else:
            return redirect(address(agency, request))
    return shown(request, agency, refusal=refusal)


def shown(request: Request, agency: AgencyView, *, refusal: str = "") -> HttpResponse:
    """The screen as it stands now, with what was refused."""
    seen = screen(agency.id, by=request.actor, at=request.at)
    values = {
        "screen": seen,
        "agency": agency,
        "agencies": halls_of(request),
        "intake": _intake(seen.present, agency) if seen.present else "",
        "errors": {"": refusal} if refusal else {},
        "transfer": [{"value": str(one.number), "label": _words(one.number, one.officer)} for one in seen.others],
        "query": urlencode({"hall": agency.code}),
        "now": request.at,
    }
    return render(request, "queue/desk/" + _template(seen), values, status=422 if refusal else 200)


def address(agency: AgencyView, request: Request) -> str:
    """The screen's own address, with the hall where the officer has several."""
    plain = reverse("queue:counter")
    return f"{plain}?{urlencode({'hall': agency.code})}" if len(halls_of(request)) > 1 else plain


def _template(seen: Screen) -> str:
    return "counter.html" if seen.counter else "choice.html"


def _words(number: int, officer: str) -> str:
    words = _("Counter {number}, {name}") if officer else _("Counter {number}, nobody there now")
    return words.format(number=number, name=officer)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise NotFound
    return int(text)


def _intake(present: Present, agency: AgencyView) -> str:
    """Where the application of whoever stands there begins: the form, or the counter's first screen."""
    query = urlencode({"agency": str(agency.id)} | ({"person": str(present.person_id)} if present.person_id else {}))
    if present.procedure:
        return f"{reverse('counter:form', args=[present.procedure])}?{query}"
    return f"{reverse('counter:intake')}?{query}"

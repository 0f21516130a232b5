from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request
from camaug.people.queries import AgencyView, directory
from camaug.queue.actions.arrange_counter import CounterRules, arrange_counter
from camaug.queue.queries.arrangements import arrangement
from camaug.ui.administration import administrators

MOST = 99


@administrators
def counter(request: Request, hall: str, number: int) -> HttpResponseBase:
    """A counter and the groups that it serves; one that is not there yet is set up."""
    agency = directory(request.at.date()).by_code(hall)
    if not 1 <= number <= MOST:
        raise NotFound
    found = arrangement(agency.id)
    now = next((one for one in found.counters if one.number == number), CounterRules("", "", in_use=True))
    if request.method != "POST":
        return _shown(request, agency, number, CounterRules(now.name, now.letters, now.in_use), "")
    letters = "".join(group.letter for group in found.groups if group.letter in request.POST.getlist("letters"))
    rules = CounterRules(request.POST.get("name", "").strip()[:80], letters, in_use="in_use" in request.POST)
    try:
        arrange_counter(agency.id, number, rules, by=request.actor, at=request.at)
    except NotFound:
        raise
    except DomainError as no:
        return _shown(request, agency, number, rules, str(no))
    messages.success(request, _("The counter is saved."))
    return redirect("queue:hall", hall)


def _shown(request: Request, agency: AgencyView, number: int, rules: CounterRules, refusal: str) -> HttpResponse:
    groups = arrangement(agency.id).groups
    shown = {
        "agency": agency,
        "number": number,
        "rules": rules,
        "errors": {"": refusal} if refusal else {},
        "options": [{"value": one.letter, "label": f"{one.letter}. {one.name}"} for one in groups if one.in_use],
        "letters": list(rules.letters),
        "use": [{"value": "yes", "label": _("In use")}],
        "used": ["yes"] if rules.in_use else [],
    }
    return render(request, "queue/admin/counter.html", shown, status=422 if refusal else 200)

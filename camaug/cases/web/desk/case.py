from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from camaug.cases.queries import case_page
from camaug.cases.web.desk import showing
from camaug.cases.web.desk.handing_out import receiver_of
from camaug.cases.web.desk.payment import ways
from camaug.cases.web.desk.ways import offers
from camaug.catalogue.forms.summary import summary
from camaug.kernel.pages import Request, staff


@staff
def case(request: Request, code: str) -> HttpResponse:
    """A case as an officer works on it: content, papers, history, and what can be done next."""
    page = case_page(code, request.actor, at=request.at)
    offered = offers(page)
    shown = {
        "page": page,
        "now": request.at,
        "sections": summary(page.definition.form, page.case.answers, language=get_language() or "vi"),
        "milestones": showing.milestones(page, request.at),
        "items": showing.items(page, request.at),
        "pauses": showing.pauses(page, request.at),
        "open": [offer for offer in offered if not offer.refusal],
        "refusals": sorted({offer.refusal for offer in offered if offer.refusal}),
        "obstacles": tuple(showing.obstacles(page)),
        "waiting": showing.waiting_for(page),
    }
    return render(request, "cases/desk/case.html", {**shown, **ways(page, {}), **receiver_of(page, {})})

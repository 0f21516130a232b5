from django.http import HttpResponse
from django.shortcuts import render

from camaug.cases.lifecycle import State
from camaug.cases.printing import follow_url
from camaug.cases.queries import case_page
from camaug.cases.web import post_words
from camaug.cases.web.desk import showing
from camaug.cases.web.desk.content import content
from camaug.cases.web.desk.handing_out import receiver_of
from camaug.cases.web.desk.payment import ways
from camaug.cases.web.desk.refunds import REASONS
from camaug.cases.web.desk.ways import offers
from camaug.kernel.pages import Request, staff
from camaug.ui.qr import qr
from camaug.ui.ways_back import way_back


@staff
def case(request: Request, code: str) -> HttpResponse:
    """A case as an officer works on it: content, papers, history, and what can be done next."""
    page = case_page(code, request.actor, at=request.at)
    offered = offers(page)
    shown = {
        "page": page,
        "way_back": way_back(request),
        "now": request.at,
        "sections": content(page),
        "milestones": showing.milestones(page, request.at),
        "items": showing.items(page, request.at),
        "pauses": showing.pauses(page, request.at),
        "open": [offer for offer in offered if not offer.refusal and not offer.way.rare],
        "rare": [offer for offer in offered if offer.way.rare],
        "refusals": sorted({offer.refusal for offer in offered if offer.refusal}),
        "obstacles": tuple(showing.obstacles(page)),
        "refunds": [(one, REASONS[one.reason]) for one in page.dues.refunds],
        "waiting": showing.waiting_for(page),
        "legs": post_words.shown(page.legs, officer=True),
        "qr": qr(follow_url(code)) if page.state == State.HANDED_OUT else "",
    }
    return render(request, "cases/desk/case.html", {**shown, **ways(page, {}), **receiver_of(page, {})})

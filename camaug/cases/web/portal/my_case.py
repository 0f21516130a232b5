from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from camaug.behalf.queries import Act, helper_names, was_sent_under
from camaug.cases.lifecycle import PaymentState, State
from camaug.cases.models import Case, DeliveryWay
from camaug.cases.queries import Progress, draft_of, progress_of
from camaug.cases.web import post_words
from camaug.cases.web.portal import telling
from camaug.cases.web.portal.wording import FORMS, delivery_words, language
from camaug.catalogue.forms.summary import summary
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, members


@members
def my_case(request: Request, case: UUID) -> HttpResponseBase:
    """Where one's own case stands, what it waits for, its papers and its history. A draft leads to its form."""
    try:
        seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    except NotFound:
        draft_of(case, request.actor, on=request.at.date())
        return redirect("citizen:go_on", case)
    return _shown(request, seen)


def _shown(request: Request, seen: Progress) -> HttpResponse:
    promised, left = telling.due(seen)
    files = seen.case.files.filter(removed_at__isnull=True).select_related("blob").order_by("added_at")
    names = {paper.id: told(paper, "name") for paper in seen.definition.papers}
    shown = {
        "seen": seen,
        "case": seen.case,
        "procedure": told(seen.definition, "plain_name"),
        "reason": telling.reason(seen),
        "to_take": seen.state == State.RESULT_READY and seen.case.delivery_way == DeliveryWay.COUNTER,
        "tone": telling.state_tone(seen),
        "steps": telling.steps(seen),
        "parts": telling.parts(seen, owner=True),
        "promised": promised,
        "left": left,
        "timeline": telling.history(seen, request),
        "owed": seen.owed,
        "withdrawing": telling.last_words(seen, "WithdrawalAsked") if seen.state == State.WITHDRAWAL_ASKED else "",
        "suspended": telling.suspended(seen),
        "stopped": telling.stopped_on(seen),
        "paid": [payment for payment in seen.payments if payment.state == PaymentState.PAID],
        "refunds": seen.refunds,
        "slips": [(slip, FORMS[slip.form]) for slip in seen.slips],
        "files": [(file, names.get(file.paper, file.paper)) for file in files],
        "delivery": delivery_words(seen.case.delivery_way),
        "sections": summary(seen.definition.form, seen.case.answers, language=language()),
        "legs": post_words.shown(seen.legs),
        "now": request.at,
        **_helper(seen.case),
        "may_supplement": seen.helping is None or Act.SUPPLEMENT in seen.helping,
        **telling.rating(seen, reverse("citizen:rating", args=[seen.case.id]), at=request.at),
    }
    return render(request, "cases/portal/my_case.html", shown)


def _helper(case: Case) -> dict[str, Any]:
    """Who helped, and whether he sent it too."""
    if case.mandate_id is None:
        return {}
    sent = was_sent_under(case.mandate_id, case.id)
    return {"helper": helper_names([case.mandate_id]).get(case.mandate_id, ""), "sent_by_helper": sent}

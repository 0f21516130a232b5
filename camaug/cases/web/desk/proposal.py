from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.propose import propose
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.hand_over import options
from camaug.cases.web.desk.moving import answer
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.errors import InvalidInput
from camaug.kernel.pages import Request, staff


@staff
def proposal(request: Request, code: str) -> HttpResponseBase:
    """Put a decision before the one who reviews or decides."""

    def act(page: CasePage, seen: int) -> Case:
        wanted, note = request.POST.get("proposal", ""), request.POST.get("note", "")
        if wanted not in Outcome.values:
            raise InvalidInput({"proposal": _("Choose what you propose.")})
        return propose(
            page.case.id,
            Outcome(wanted),
            by=request.actor,
            at=request.at,
            seen=seen,
            to=request.POST.get("to") or None,
            note=note,
        )

    return answer(request, code, "propose", act, more=choices, fields={ReasonMissing: "note"})


def choices(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Granting or denying, and to whom."""
    following = [page.definition.process.step(step) for step in page.step.next]
    steps = [step for step in following if step.kind in (StepKind.REVIEW, StepKind.APPROVE)]
    return {
        "outcomes": [
            {"value": Outcome.GRANTED, "label": _("Propose to approve")},
            {"value": Outcome.DENIED, "label": _("Propose to deny"), "hint": _("Say why in the words below.")},
        ],
        "proposal": typed.get("proposal") or Outcome.GRANTED,
        "steps": options(steps),
        "to": typed.get("to") or (steps[0].id if steps else ""),
    }

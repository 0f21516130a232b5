from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.assign import NotOfThisStep, assign
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff
from camaug.people.queries import PositionView


@staff
def assignment(request: Request, code: str) -> HttpResponseBase:
    """Make one officer responsible for the step."""

    def act(page: CasePage, seen: int) -> Case:
        to = _position(request.POST.get("to", ""))
        return assign(page.case.id, to=to, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "assign", act, more=colleagues, fields={NotOfThisStep: "to"})


def colleagues(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who does the step, each position once."""
    positions = {one.id: one for one in page.colleagues}
    chosen = typed.get("to") or (str(page.case.assignee_id) if page.case.assignee_id else "")
    return {"positions": [option(one) for one in positions.values()], "to": chosen}


def option(one: PositionView) -> dict[str, str]:
    """A position as a choice."""
    hint = _("{title}, away at present").format(title=one.title) if one.away else one.title
    return {"value": str(one.id), "label": one.officer_name, "hint": hint}


def _position(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotOfThisStep from None

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.assign import NobodyThere, NotOfThisStep, TheirOwnCase, assign
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff
from camaug.people.queries import PositionView, attended


@staff
def assignment(request: Request, code: str) -> HttpResponseBase:
    """Make one officer responsible for the step."""

    def act(page: CasePage, seen: int) -> Case:
        to = _position(request.POST.get("to", ""))
        return assign(page.case.id, to=to, by=request.actor, at=request.at, seen=seen)

    return answer(
        request,
        code,
        "assign",
        act,
        more=colleagues,
        fields=dict.fromkeys((NotOfThisStep, NobodyThere, TheirOwnCase), "to"),
    )


def colleagues(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who does the step, each position once, a stand-in in the place of the absent; and who is away."""
    chosen = typed.get("to") or (str(page.case.assignee_id) if page.case.assignee_id else "")
    able = [one for one in page.colleagues if one not in page.barred]
    return {**choices(able), "to": chosen, "barred": names(page.barred)}


def names(found: Iterable[PositionView]) -> str:
    """The officers of these positions, each once."""
    return ", ".join(dict.fromkeys(one.officer_name for one in found))


def choices(found: Iterable[PositionView]) -> Mapping[str, Any]:
    """The positions that may be chosen, and the names of those away without a stand-in."""
    listed = tuple(found)
    able = attended(listed)
    missing = [one.officer_name for one in listed if one.id not in {here.id for here in able}]
    return {"positions": [option(one) for one in able], "missing": ", ".join(missing)}


def option(one: PositionView) -> dict[str, str]:
    """A position as a choice."""
    hint = _("{title}, instead of {name}").format(title=one.title, name=one.instead_of) if one.instead_of else one.title
    return {"value": str(one.id), "label": one.officer_name, "hint": hint}


def _position(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotOfThisStep from None

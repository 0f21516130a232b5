from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.catalogue.forms.wording import said
from camaug.kernel.errors import InvalidInput
from camaug.kernel.pages import Request, staff

FORM = "form"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the request: a component of the dossier and what is wrong with it."""

    field: str
    paper: str
    name: str
    state: str
    why: str


@staff
def supplement_request(request: Request, code: str) -> HttpResponseBase:
    """Ask the applicant for everything that is missing, paper by paper."""

    def act(page: CasePage, seen: int) -> Case:
        return request_supplement(
            page.case.id,
            _items(page, request.POST),
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.at,
            seen=seen,
        )

    return answer(request, code, "request_supplement", act, more=_lines)


def _lines(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"lines": lines(page, typed), "other_why": typed.get(f"why-{OTHER}", "")}


def lines(page: CasePage, typed: Mapping[str, Any]) -> tuple[Line, ...]:
    """One line for each paper of the dossier, and one for the declared content."""
    language = get_language()
    papers = [(view.paper.id, said(view.paper, "name", language), str(view.state)) for view in page.papers]
    known = [("", _("Declared content"), ""), *papers]
    return tuple(
        Line(f"why-{paper or FORM}", paper, name, state, str(typed.get(f"why-{paper or FORM}", "")))
        for paper, name, state in known
    )


def _items(page: CasePage, typed: QueryDict) -> list[Item]:
    items = [Item(line.paper, line.name, line.why.strip()) for line in lines(page, typed) if line.why.strip()]
    other, why = typed.get(OTHER, "").strip(), typed.get(f"why-{OTHER}", "").strip()
    if other or why:
        items.append(Item("", other or why, why if other else ""))
    if not items:
        raise InvalidInput({"lines": _("Say what is missing or wrong in at least one line.")})
    return items

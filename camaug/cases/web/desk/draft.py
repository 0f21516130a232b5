"""The draft to which the applicant agrees: shown, looked at beforehand, and the applicant's answer taken in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.answer_draft import WrongUnsaid, answer_draft
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.models import Case
from camaug.cases.queries import CasePage, case_page
from camaug.cases.results.drafts import draft_as_it_stands, draft_pdf
from camaug.cases.web.desk.moving import answer
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, staff

AGREES, WRONG = "agrees", "wrong"


@staff
def draft(request: Request, code: str) -> HttpResponseBase:
    """Send the draft to the applicant."""

    def act(page: CasePage, seen: int) -> Case:
        return show_draft(page.case.id, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "show_draft", act)


@staff
def draft_preview(request: Request, code: str) -> HttpResponseBase:
    """What would be sent, as a PDF; nothing is kept."""
    page = case_page(code, request.actor, at=request.at)
    if page.consent is None:
        raise NotFound
    pdf = draft_as_it_stands(page.case, page.definition, at=request.at)
    return respond_printed(pdf, f"{code}-du-thao.pdf", inline=True)


@staff
def shown_draft(request: Request, code: str, draft: UUID) -> HttpResponseBase:
    """A draft as the applicant was shown it."""
    page = case_page(code, request.actor, at=request.at)
    found = next((one for one in page.drafts if one.id == draft), None)
    if found is None:
        raise NotFound
    return respond_printed(draft_pdf(found), f"{code}-du-thao.pdf", inline=True)


@staff
def draft_answer(request: Request, code: str) -> HttpResponseBase:
    """Take in what the applicant says of the draft at the counter."""

    def act(page: CasePage, seen: int) -> Case:
        said = request.POST
        if said.get("answer") not in (AGREES, WRONG):
            raise InvalidInput({"answer": _("Say whether the draft is right.")})
        return answer_draft(
            page.case.id,
            agrees=said["answer"] == AGREES,
            wrong=said.get("wrong", ""),
            by=request.actor,
            at=request.at,
            seen=seen,
        )

    return answer(request, code, "answer_draft", act, more=_known, fields={WrongUnsaid: "wrong"})


def _known(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"options": options(), "answer": typed.get("answer", ""), "waiting": page.drafts[-1:]}


def options() -> list[dict[str, str]]:
    """The two answers, as radio buttons."""
    return [
        {"value": AGREES, "label": _("The draft is right")},
        {"value": WRONG, "label": _("Something in it is wrong")},
    ]

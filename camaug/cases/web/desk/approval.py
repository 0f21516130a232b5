from django.http.response import HttpResponseBase

from camaug.cases.actions.approve import approve
from camaug.cases.models import Case
from camaug.cases.policy import turn_post
from camaug.cases.queries import CasePage, case_page
from camaug.cases.results.sheets import result_facts, result_pdf
from camaug.cases.web.desk.moving import answer
from camaug.kernel.errors import NotFound
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, staff
from camaug.people.queries import position


@staff
def approval(request: Request, code: str) -> HttpResponseBase:
    """Grant what was applied for, having read it."""

    def act(page: CasePage, seen: int) -> Case:
        return approve(page.case.id, by=request.actor, at=request.at, seen=seen, note=request.POST.get("note", ""))

    return answer(request, code, "approve", act)


@staff
def preview(request: Request, code: str) -> HttpResponseBase:
    """What the approval would sign, as a PDF without a number; nothing is kept."""
    page = case_page(code, request.actor, at=request.at)
    post = turn_post(request.actor, page.case)
    if post is None or page.refusal("approve") is None:
        raise NotFound
    kind = page.definition.results[0]
    facts = result_facts(page.case, kind, number_text="……", signer=position(post.id), on=request.at.date())
    return respond_printed(result_pdf(kind.sheet, facts), f"{code}-du-thao.pdf", inline=True)

from django.http.response import HttpResponseBase

from camaug.cases.actions.approve import approve
from camaug.cases.models import Case
from camaug.cases.policy import own_post, turn_post
from camaug.cases.queries import CasePage, case_page
from camaug.cases.results.sheets import result_facts, result_pdf, signer_of
from camaug.cases.web.desk.moving import answer
from camaug.kernel.errors import NotFound
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, fresh, staff


@fresh
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
    own = own_post(request.actor, post) if post.instead_of else None
    facts = result_facts(
        page.case, kind, number_text="……", signer=signer_of(post.id, own.id if own else None), on=request.at.date()
    )
    return respond_printed(result_pdf(kind.sheet, facts), f"{code}-du-thao.pdf", inline=True)

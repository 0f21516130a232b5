"""The way through an application: the pages of its form, then the office, the papers, the delivery, and the check."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from camaug.cases.actions.submit import can_be_reached, missing_papers
from camaug.cases.queries import Draft, draft_of
from camaug.catalogue.definition.papers import Paper
from camaug.catalogue.forms import pages
from camaug.catalogue.forms.answers import visible
from camaug.catalogue.queries import PaperNeed, papers
from camaug.kernel.pages import Request, members

AFTER_FORM = ("office", "papers", "delivery", "check")

type DraftPage[**P] = Callable[Concatenate[Request, Draft, P], HttpResponseBase]


def drafted[**P](view: DraftPage[P]) -> Callable[..., HttpResponseBase]:
    """View decorator: a page of the member's own draft. One that was sent leads to its progress; others' are 404."""

    @members
    @wraps(view)
    def opened(request: Request, case: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        draft = draft_of(case, request.actor, on=request.at.date())
        if draft.sent:
            return redirect("citizen:my_case", case)
        return view(request, draft, *args, **kwargs)

    return opened


def href(draft: Draft, step: str) -> str:
    """The address of one of AFTER_FORM, or of another page of the draft."""
    return reverse(f"citizen:{step}", args=[draft.case.id])


def page_href(draft: Draft, page_id: str, *, to_check: bool = False) -> str:
    """The address of a page of the form; `to_check`: it leads back to the check of the answers."""
    return reverse("citizen:page", args=[draft.case.id, page_id]) + ("?to=check" if to_check else "")


def leads_to_check(request: Request) -> bool:
    """Whether the page was opened to change one answer."""
    return request.GET.get("to") == "check"


def forward(draft: Draft, answers: Mapping[str, Any], after: str, *, to_check: bool) -> str:
    """Where to go after a page of the form or a step was answered."""
    if to_check:
        left = pages.first_unanswered(draft.definition.form, answers, draft.on, places=draft.places)
        return page_href(draft, left.id, to_check=True) if left else href(draft, "check")
    if after in AFTER_FORM:
        return href(draft, AFTER_FORM[AFTER_FORM.index(after) + 1])
    following = pages.next_page(draft.definition.form, answers, after, on=draft.on)
    return page_href(draft, following.id) if following else href(draft, AFTER_FORM[0])


def backward(draft: Draft, before: str, *, to_check: bool) -> str:
    """Where the link back leads from a page of the form or a step."""
    if to_check:
        return href(draft, "check")
    if before in AFTER_FORM[1:]:
        return href(draft, AFTER_FORM[AFTER_FORM.index(before) - 1])
    form, answers = draft.definition.form, draft.case.answers
    if before == AFTER_FORM[0]:
        return page_href(draft, visible(form, answers, on=draft.on)[-1].id)
    previous = pages.previous_page(form, answers, before, on=draft.on)
    return page_href(draft, previous.id) if previous else reverse("citizen:apply", args=[draft.definition.code])


def place(draft: Draft, step: str) -> dict[str, int]:
    """`step` and `of`: which question of how many this is, the steps after the form counted too."""
    asked = [page.id for page in visible(draft.definition.form, draft.case.answers, on=draft.on)]
    order = [*asked, *AFTER_FORM[:-1]]
    return {"step": order.index(step) + 1 if step in order else len(asked), "of": len(order)}


def go_on(draft: Draft) -> str:
    """Where the application is to be continued: at the first thing that is not done."""
    left = pages.first_unanswered(draft.definition.form, draft.case.answers, draft.on, places=draft.places)
    if left:
        return page_href(draft, left.id)
    if draft.case.receiving_agency_id is None:
        return href(draft, "office")
    if missing_papers(draft.case, draft.definition, on=draft.on):
        return href(draft, "papers")
    return href(draft, "check" if can_be_reached(draft.case) else "delivery")


def uploads(draft: Draft) -> tuple[PaperNeed, ...]:
    """The papers that can be sent with this application."""
    return tuple(need for need in papers(draft.definition, draft.case.answers, draft.on) if is_sent(need))


def is_sent(need: PaperNeed) -> bool:
    """Whether there is anything to send for the paper: not the declaration, and nothing that data stand for."""
    paper: Paper = need.paper
    return not (paper.declaration or need.replaced)

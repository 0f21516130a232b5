"""The draft of the result: the applicant reads it, and agrees or says what is wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.behalf.queries import Act
from camaug.cases.actions.answer_draft import WrongUnsaid, answer_draft
from camaug.cases.queries import Progress, progress_of
from camaug.cases.results.drafts import draft_pdf
from camaug.catalogue.definition.process import SilenceEffect
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import DomainError
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, members

AGREES, WRONG = "agrees", "wrong"


@members
def draft(request: Request, case: UUID) -> HttpResponseBase:
    """What the office will sign, to be agreed to or corrected within the time that stands there."""
    seen = progress_of(case, request.actor, Act.SUPPLEMENT, at=request.at)
    if seen.draft is None and request.method != "POST":
        return redirect("citizen:my_case", case)
    if request.method != "POST":
        return _shown(request, seen)
    answer, wrong = request.POST.get("answer", ""), request.POST.get("wrong", "")[:2000]
    if answer not in (AGREES, WRONG):
        return _shown(request, seen, {"answer": _("Say whether the draft is right.")}, wrong=wrong)
    agrees = answer == AGREES
    try:
        answer_draft(case, agrees=agrees, wrong=wrong, by=request.actor, at=request.at, seen=_revision(request))
    except DomainError as no:
        field = "wrong" if isinstance(no, WrongUnsaid) else ""
        return _shown(request, seen, {field: str(no)}, answer=answer, wrong=wrong)
    messages.success(request, _("Thank you. The office has your answer."))
    return redirect("citizen:my_case", case)


@members
def draft_file(request: Request, case: UUID) -> HttpResponseBase:
    """The draft that waits for an answer, as PDF; the case, once none waits any more."""
    seen = progress_of(case, request.actor, Act.SUPPLEMENT, at=request.at)
    if seen.draft is None:
        return redirect("citizen:my_case", case)
    return respond_printed(draft_pdf(seen.draft), f"{seen.case.code}-du-thao.pdf", inline=True)


def _revision(request: Request) -> int | None:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _shown(
    request: Request, seen: Progress, errors: dict[str, str] | None = None, *, answer: str = "", wrong: str = ""
) -> HttpResponse:
    options = [
        {"value": AGREES, "label": _("The draft is right")},
        {"value": WRONG, "label": _("Something in it is wrong")},
    ]
    shown = {
        "case": seen.case,
        "draft": seen.draft,
        "procedure": told(seen.definition, "plain_name"),
        "office": seen.receiving.name,
        "silence_agrees": _silence_agrees(seen),
        "back": reverse("citizen:my_case", args=[seen.case.id]),
        "options": options,
        "answer": answer,
        "wrong": wrong,
        "errors": errors or {},
        "now": request.at,
    }
    return render(request, "cases/portal/draft.html", shown, status=422 if errors else 200)


def _silence_agrees(seen: Progress) -> bool:
    """Whether who says nothing in time has agreed."""
    if seen.draft is None:
        return False
    rule = seen.definition.process.step(seen.draft.step).draft_consent
    return rule is not None and rule.silence == SilenceEffect.CONSENT

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.submit import can_be_reached, missing_papers, submit
from camaug.cases.queries import Draft
from camaug.cases.web.portal import walk
from camaug.cases.web.portal.wording import delivery_words, language
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.forms.answers import check as check_answers
from camaug.catalogue.forms.answers import visible
from camaug.catalogue.forms.summary import summary
from camaug.catalogue.forms.wording import told
from camaug.catalogue.queries import fees
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, members
from camaug.people.queries import directory, display_phone


@dataclass(frozen=True, slots=True)
class Row:
    """One answer with the address where it is changed."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """One thing to do before the application can be sent."""

    sentence: str
    href: str


@members
def check(request: Request, case: UUID) -> HttpResponseBase:
    """Check your answers. POST sends the application; sending twice gives the same receipt."""
    if request.method != "POST":
        return _page(request, case)
    try:
        submit(case, by=request.actor, at=request.at)
    except DomainError as no:
        return _page(request, case, str(no))
    return redirect("citizen:receipt", case)


@walk.drafted
def _page(request: Request, draft: Draft, refusal: str = "") -> HttpResponse:
    return _shown(request, draft, refusal=refusal)


def _shown(request: Request, draft: Draft, *, refusal: str = "") -> HttpResponse:
    made, on = draft.definition, draft.on
    owed = fees(made, draft.case.answers, Channel.ONLINE, on)
    left = _left(draft)
    shown = {
        "title": _("Check your answers"),
        "procedure": told(made, "plain_name"),
        "back": walk.href(draft, "delivery"),
        "sections": _sections(draft),
        "office": _office(draft),
        "papers": _papers(draft),
        "delivery": _delivery(draft),
        "fees": [(told(item, "name"), item.amount, told(item, "waiver")) for item in owed],
        "total": sum(item.amount or 0 for item in owed),
        "open_fee": any(item.amount is None for item in owed),
        "fee_note": told(made, "fee_note"),
        "statement": made.form.declaration,
        "left": left,
        "refusal": refusal if not left else "",
        "delete": walk.href(draft, "delete"),
    }
    return render(request, "cases/portal/check.html", shown, status=422 if refusal else 200)


def _sections(draft: Draft) -> list[tuple[str, list[Row]]]:
    told_answers = summary(draft.definition.form, draft.case.answers, language=language(), on=draft.on)
    return [
        (
            section.title,
            [
                Row(row.label, row.text or _("No answer"), _change(draft, row.page_id, row.path))
                for row in section.rows
                if row.text or not row.part
            ],
        )
        for section in told_answers
    ]


def _change(draft: Draft, page_id: str, path: str) -> str:
    return f"{walk.page_href(draft, page_id, to_check=True)}#{path}"


def _office(draft: Draft) -> Row:
    chosen = draft.case.receiving_agency_id
    name = directory(draft.on).get(chosen).name if chosen else _("Not chosen yet")
    return Row(_("Receiving office"), name, f"{walk.href(draft, 'office')}?to=check")


def _papers(draft: Draft) -> list[Row]:
    change = f"{walk.href(draft, 'papers')}?to=check"
    return [
        Row(told(need.paper, "name"), _files_said(draft, need.paper.id), f"{change}#{need.paper.id}")
        for need in walk.uploads(draft)
    ]


def _files_said(draft: Draft, paper: str) -> str:
    return "\n".join(file.file_name for file in draft.files_of(paper)) or _("Nothing sent")


def _delivery(draft: Draft) -> list[Row]:
    case, change = draft.case, f"{walk.href(draft, 'delivery')}?to=check"
    way = f"{delivery_words(case.delivery_way)}" + (f": {case.delivery_address}" if case.delivery_address else "")
    phone = display_phone(case.applicant_phone) if case.applicant_phone else _("No answer")
    return [
        Row(_("How you get the result"), way, change),
        Row(_("Phone"), phone, f"{change}#phone"),
        Row(_("E-mail"), case.applicant_email or _("No answer"), f"{change}#email"),
    ]


def _left(draft: Draft) -> list[Left]:
    case, made, on = draft.case, draft.definition, draft.on
    wrong = {path.split(".")[0] for path in check_answers(made.form, case.answers, on=on, places=draft.places)}
    found = [
        Left(told(page, "title"), walk.page_href(draft, page.id, to_check=True))
        for page in visible(made.form, case.answers, on=on)
        if any(field.id in wrong for field in page.fields)
    ]
    if case.receiving_agency_id is None:
        found.append(
            Left(_("Choose the office that receives your application"), f"{walk.href(draft, 'office')}?to=check")
        )
    for name in missing_papers(case, made, on=on):
        found.append(Left(_("Add: {paper}").format(paper=name), f"{walk.href(draft, 'papers')}?to=check"))
    if not can_be_reached(case):
        found.append(
            Left(_("Say how we reach you and how you get the result"), f"{walk.href(draft, 'delivery')}?to=check")
        )
    return found

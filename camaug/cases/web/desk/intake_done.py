"""After the counter: the receipt to print and sign, the result where it was given at once, the next in line."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from camaug.cases.lifecycle import State
from camaug.cases.models import Slip
from camaug.cases.policy import CLERK
from camaug.cases.queries import CasePage, case_page
from camaug.cases.results.sheets import result_pdf, sheet_of
from camaug.cases.slips.forms import Form
from camaug.cases.slips.offices import office
from camaug.cases.slips.pdf import Copy, slip_pdf
from camaug.catalogue.forms.declaration import declaration_pdf
from camaug.catalogue.forms.wording import said
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, staff


@staff(roles={CLERK})
def done(request: Request, code: str) -> HttpResponse:
    """What was taken in, and what to print."""
    page = case_page(code, request.actor, at=request.at)
    served = page.state == State.HANDED_OUT
    shown = {
        "page": page,
        "served": served,
        "result": page.results[-1] if served and page.results else None,
        "procedure": said(page.definition, "plain_name", get_language() or "vi"),
        "receipt": next((slip for slip in page.slips if slip.form == Form.RECEIPT), None),
        "paid": next((one for one in page.payments if one.state == "PAID"), None),
        "declared": any(paper.declaration for paper in page.definition.papers),
    }
    return render(request, "cases/desk/intake/done.html", shown)


@staff(roles={CLERK})
def receipt(request: Request, code: str) -> HttpResponse:
    """Form 01 as PDF: the copy that is kept and the copy that is given."""
    slip = _receipt(case_page(code, request.actor, at=request.at))
    return _to_print(slip_pdf(slip.form, slip.facts, copies=(Copy.KEPT, Copy.GIVEN)), f"{code}-01.pdf")


@staff(roles={CLERK})
def result(request: Request, code: str) -> HttpResponse:
    """The result as PDF, for a case that was finished at the counter."""
    page = case_page(code, request.actor, at=request.at)
    if not page.results:
        raise NotFound
    last = page.results[-1]
    return _to_print(result_pdf(sheet_of(page.case, last.result), last.facts), f"{code}.pdf")


@staff(roles={CLERK})
def declaration(request: Request, code: str) -> HttpResponse:
    """The declaration that the applicant signs, from what was typed."""
    page = case_page(code, request.actor, at=request.at)
    day = (page.case.submitted_at or request.at).astimezone(request.at.tzinfo)
    pdf = declaration_pdf(
        page.definition.form,
        page.case.answers,
        addressee=page.definition.form.addressee or page.receiving.name,
        place=office(page.receiving.id, day).place,
        on=day.date(),
        signer=page.case.applicant_name,
    )
    return _to_print(pdf, f"to-khai-{code}.pdf")


def _receipt(page: CasePage) -> Slip:
    found = next((slip for slip in page.slips if slip.form == Form.RECEIPT), None)
    if found is None:
        raise NotFound
    return found


def _to_print(pdf: bytes, file_name: str) -> HttpResponse:
    """Our own PDF, opened where it can be printed at once."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, file_name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

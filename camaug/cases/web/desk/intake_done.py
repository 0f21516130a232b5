"""After the counter: the receipt to print and sign, the result where it was given at once, the next in line."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from camaug.cases.actions.stamp_slip import stamp_slip
from camaug.cases.lifecycle import State
from camaug.cases.models import Slip
from camaug.cases.policy import AT_COUNTER
from camaug.cases.printing import follow_url
from camaug.cases.queries import CasePage, case_page
from camaug.cases.slips.forms import Form
from camaug.cases.slips.pdf import Copy, slip_pdf
from camaug.catalogue.forms.wording import said
from camaug.kernel.errors import NotFound
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, staff
from camaug.ui.qr import qr


@staff(may=AT_COUNTER)
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
        "qr": qr(follow_url(code)),
        "declared": any(paper.declaration for paper in page.definition.papers),
    }
    return render(request, "cases/desk/intake/done.html", shown)


@staff(may=AT_COUNTER)
def receipt(request: Request, code: str) -> HttpResponse:
    """Form 01 as PDF: the copy that is kept and the copy that is given."""
    found = _receipt(case_page(code, request.actor, at=request.at))
    slip = stamp_slip(found.id, by=request.actor, at=request.at)
    both = (Copy.KEPT, Copy.GIVEN)
    pdf = slip_pdf(slip.form, slip.facts, copies=both, seal=slip.seal, proof_code=slip.proof_code)
    return respond_printed(pdf, f"{code}-01.pdf", inline=True)


def _receipt(page: CasePage) -> Slip:
    found = next((slip for slip in page.slips if slip.form == Form.RECEIPT), None)
    if found is None:
        raise NotFound
    return found

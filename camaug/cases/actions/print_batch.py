from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from pypdf import PdfWriter

from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.print_slip import PDF, print_slip
from camaug.cases.actions.receive import RECEIPT
from camaug.cases.models import Batch, Case
from camaug.cases.slips.control import control_facts
from camaug.cases.slips.forms import Form
from camaug.cases.slips.pdf import slip_pdf
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.files.store import keep, open_blob
from camaug.kernel.models import Blob


class NothingToPrint(DomainError):
    """The case has no such paper yet."""

    sentence = _("This case has no such paper yet.")


def _receipt(case: Case, by: Actor, at: datetime) -> Blob:
    slip = case.slips.filter(form=RECEIPT).order_by("-ordinal").first()
    if slip is None:
        raise NothingToPrint
    return print_slip(slip.id, by=by, at=at)


def _control_sheet(case: Case, by: Actor, at: datetime) -> Blob:
    return keep(slip_pdf(Form.CONTROL, control_facts(case, by=by, at=at)), media_type=PDF)


def _result(case: Case, by: Actor, at: datetime) -> Blob:
    result = case.results.order_by("-published_at").first()
    if result is None:
        raise NothingToPrint
    return print_result(result.id, by=by, at=at)


PRINTED: dict[str, Callable[[Case, Actor, datetime], Blob]] = {
    "RECEIPT": _receipt,
    "CONTROL": _control_sheet,
    "RESULT": _result,
}


def print_paper_of(case: Case, what: str, *, by: Actor, at: datetime) -> Blob:
    """One paper of the case, printed or as it was printed before; NothingToPrint where there is none."""
    return PRINTED[what](case, by, at)


def merged(batch: Batch) -> Blob | None:
    """All papers of a batch in its order as one PDF; None where none was printed."""
    writer = PdfWriter()
    for item in batch.items.filter(blob__isnull=False).select_related("blob").order_by("ordinal"):
        if item.blob:
            with open_blob(item.blob) as paper:
                writer.append(BytesIO(paper.read()))
    if not writer.pages:
        return None
    out = BytesIO()
    writer.write(out)
    return keep(out, media_type=PDF, pages=len(writer.pages))

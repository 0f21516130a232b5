"""Papers of a case as files: what was given, the declaration, the forms issued, the results."""

from uuid import UUID

from django.http.response import HttpResponseBase

from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.identity import is_identity_paper
from camaug.cases.queries import case_page, files
from camaug.cases.slips.control import control_facts
from camaug.cases.slips.forms import Form
from camaug.cases.slips.offices import office
from camaug.cases.slips.pdf import slip_pdf
from camaug.cases.web.desk.identity import marked_copy
from camaug.catalogue.forms.declaration import declaration_pdf
from camaug.kernel.clock import LOCAL
from camaug.kernel.files.serving import respond, respond_printed, respond_small
from camaug.kernel.pages import Request, staff


@staff
def file(request: Request, code: str, file: UUID) -> HttpResponseBase:
    """A file given for a paper, in place where the browser cannot run it; of identity papers a marked copy."""
    kept = files.dossier_file(code, file, request.actor)
    if is_identity_paper(kept):
        return marked_copy(request, kept)
    own = kept.added_by == request.actor.account_id
    if "small" in request.GET:
        return respond_small(kept.blob, kept.file_name, own=own)
    return respond(kept.blob, kept.file_name, inline="download" not in request.GET, own=own)


@staff
def slip(request: Request, code: str, slip: UUID) -> HttpResponseBase:
    """A statutory form that was issued; printed the first time it is asked for."""
    issued = files.slip(code, slip, request.actor)
    return respond(print_slip(issued.id, by=request.actor, at=request.at), f"{code}-{issued.form:02d}.pdf", inline=True)


@staff
def result_sheet(request: Request, code: str, result: UUID) -> HttpResponseBase:
    """A result."""
    decided = files.result(code, result, request.actor)
    return respond(print_result(decided.id, by=request.actor, at=request.at), f"{code}.pdf", inline=True)


@staff
def control_sheet(request: Request, code: str) -> HttpResponseBase:
    """Form 06, as the case stands now."""
    page = case_page(code, request.actor, at=request.at)
    facts = control_facts(page.case, by=request.actor, at=request.at)
    return respond_printed(slip_pdf(Form.CONTROL, facts), f"{code}-06.pdf", inline=True)


@staff
def declaration(request: Request, code: str) -> HttpResponseBase:
    """The declaration (tờ khai) as the answers stand."""
    page = case_page(code, request.actor, at=request.at)
    sent = page.case.submitted_at or request.at
    issuer = office(page.receiving.id, sent)
    pdf = declaration_pdf(
        page.definition.form,
        page.case.answers,
        addressee=page.receiving.name,
        place=issuer.place,
        head=(issuer.heading, issuer.motto),
        on=sent.astimezone(LOCAL).date(),
        signer=page.case.applicant_name,
    )
    return respond_printed(pdf, f"to-khai-{code}.pdf", inline=True)

"""Papers of one's own case, as files: the declaration, what was sent, the office's slips, the results."""

from uuid import UUID

from django.http.response import HttpResponseBase

from camaug.behalf.queries import Act
from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.queries import file_of, progress_of
from camaug.cases.slips.offices import office
from camaug.catalogue.forms.declaration import declaration_pdf
from camaug.kernel.errors import NotFound
from camaug.kernel.files.serving import respond, respond_printed, respond_small
from camaug.kernel.pages import Request, members


@members
def declaration(request: Request, case: UUID) -> HttpResponseBase:
    """The declaration (tờ khai) as the answers stand."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    sent = seen.case.submitted_at or request.at
    issuer = office(seen.receiving.id, sent)
    pdf = declaration_pdf(
        seen.definition.form,
        seen.case.answers,
        addressee=seen.receiving.name,
        place=issuer.place,
        head=(issuer.heading, issuer.motto),
        on=sent.astimezone(request.at.tzinfo).date(),
        signer=seen.case.applicant_name,
    )
    return respond_printed(pdf, f"to-khai-{seen.case.code}.pdf")


@members
def file(request: Request, case: UUID, file: UUID) -> HttpResponseBase:
    """A file of one's own case or draft. Pictures are shown in place, or `small`; everything else is saved."""
    kept = file_of(case, file, request.actor)
    if "small" in request.GET:
        return respond_small(kept.blob, kept.file_name, own=True)
    return respond(kept.blob, kept.file_name, inline=kept.blob.media_type.startswith("image/"), own=True)


@members
def slip(request: Request, case: UUID, slip: UUID) -> HttpResponseBase:
    """A statutory form that the office issued in one's own case."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    issued = next((one for one in seen.slips if one.id == slip), None)
    if issued is None:
        raise NotFound
    return respond(print_slip(issued.id, by=request.actor, at=request.at), f"{seen.case.code}-{issued.form:02d}.pdf")


@members
def result(request: Request, case: UUID, result: UUID) -> HttpResponseBase:
    """A result of one's own case."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    decided = next((one for one in seen.results if one.id == result), None)
    if decided is None:
        raise NotFound
    return respond(print_result(decided.id, by=request.actor, at=request.at), f"{seen.case.code}.pdf")

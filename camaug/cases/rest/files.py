"""Papers of a case as files: given, issued, decided; for applicants by the case's id, for officers by its code."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from ninja import P, QueryEx
from pydantic import Field

from camaug.behalf.queries import Act
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.print_slip import print_slip
from camaug.cases.actions.remove_file import remove_file
from camaug.cases.identity import is_identity_paper, marked
from camaug.cases.queries import file_of, files, progress_of
from camaug.cases.queries.as_json import case_id
from camaug.cases.rest.cases import Code
from camaug.cases.rest.own_answers import FileAnswer, file_told
from camaug.cases.results.drafts import draft_pdf
from camaug.kernel.errors import NotFound
from camaug.kernel.files import resumable
from camaug.kernel.files.serving import respond, respond_copy, respond_printed
from camaug.kernel.rest import MEMBERS, OCTETS, STAFF, Body, Call, Operations

operations = Operations("files")
FileName = QueryEx[str, P(min_length=1, max_length=120, description="What the file is called")]
PaperId = QueryEx[str, P(min_length=1, max_length=60, description="The paper's id in the procedure")]
_ANY = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
DOWNLOAD: dict[str, Any] = {"responses": {200: {"content": _ANY}}}


class Arrived(Body):
    """A file that was sent in pieces before."""

    upload: UUID
    paper: str = Field(min_length=1, max_length=60)


@operations.post(
    "/own-cases/{uuid:case}/files", _("Add a file to one's application"), FileAnswer, door=MEMBERS, **OCTETS
)
def add_own_file(request: Call, case: UUID, paper: PaperId, name: FileName) -> FileAnswer:
    """The body is the file. Its real type is looked at; the same content again is the same file."""
    added = add_file(case, paper, content=request.body, file_name=name, by=request.actor, at=request.at)
    return file_told(added)


@operations.post("/own-cases/{uuid:case}/uploads", _("Add a file that was sent in pieces"), FileAnswer, door=MEMBERS)
def add_own_upload(request: Call, case: UUID, sent: Arrived) -> FileAnswer:
    """Once it is whole."""
    upload = resumable.under_way(sent.upload, request.actor.account_id, at=request.at)
    content = resumable.content(upload)
    added = add_file(case, sent.paper, content=content, file_name=upload.file_name, by=request.actor, at=request.at)
    resumable.forget(upload.id, upload.owner)
    return file_told(added)


@operations.delete("/own-cases/{uuid:case}/files/{uuid:file}", _("Take a file out that was not sent yet"), door=MEMBERS)
def remove_own_file(request: Call, case: UUID, file: UUID) -> None:
    """Out of a draft, or of a supplement before it is sent."""
    remove_file(case, file, by=request.actor, at=request.at)


@operations.get(
    "/own-cases/{uuid:case}/files/{uuid:file}", _("A file of one's application"), None, door=MEMBERS, **DOWNLOAD
)
def read_own_file(request: Call, case: UUID, file: UUID) -> HttpResponseBase:
    """As it is kept."""
    kept = file_of(case, file, request.actor)
    return respond(kept.blob, kept.file_name, own=True)


@operations.get(
    "/own-cases/{uuid:case}/slips/{uuid:slip}", _("A form that the office issued"), None, door=MEMBERS, **DOWNLOAD
)
def read_own_slip(request: Call, case: UUID, slip: UUID) -> HttpResponseBase:
    """As PDF."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    issued = next((one for one in seen.slips if one.id == slip), None)
    if issued is None:
        raise NotFound
    return respond(print_slip(issued.id, by=request.actor, at=request.at), f"{seen.case.code}-{issued.form:02d}.pdf")


@operations.get(
    "/own-cases/{uuid:case}/results/{uuid:result}", _("A result of one's application"), None, door=MEMBERS, **DOWNLOAD
)
def read_own_result(request: Call, case: UUID, result: UUID) -> HttpResponseBase:
    """As PDF."""
    seen = progress_of(case, request.actor, Act.FOLLOW, at=request.at)
    decided = next((one for one in seen.results if one.id == result), None)
    if decided is None:
        raise NotFound
    return respond(print_result(decided.id, by=request.actor, at=request.at), f"{seen.case.code}.pdf")


@operations.get(
    "/own-cases/{uuid:case}/draft",
    _("The draft of the result that waits for an answer"),
    None,
    door=MEMBERS,
    **DOWNLOAD,
)
def read_own_draft(request: Call, case: UUID) -> HttpResponseBase:
    """As PDF."""
    seen = progress_of(case, request.actor, Act.SUPPLEMENT, at=request.at)
    if seen.draft is None:
        raise NotFound
    return respond_printed(draft_pdf(seen.draft), f"{seen.case.code}-du-thao.pdf")


@operations.post("/cases/{code}/files", _("Add a file to a case"), FileAnswer, door=STAFF, **OCTETS)
def add_case_file(request: Call, code: Code, paper: PaperId, name: FileName) -> FileAnswer:
    """By an officer whose turn it is, or of the one-stop unit. The body is the file."""
    case = case_id(code, request.actor)
    return file_told(add_file(case, paper, content=request.body, file_name=name, by=request.actor, at=request.at))


@operations.get("/cases/{code}/files/{uuid:file}", _("A file of a case"), None, door=STAFF, **DOWNLOAD)
def read_case_file(request: Call, code: Code, file: UUID) -> HttpResponseBase:
    """Of identity papers a copy that says for what it was given and who looks at it."""
    kept = files.dossier_file(code, file, request.actor)
    if is_identity_paper(kept):
        return respond_copy(*marked(kept, by=request.actor, at=request.at))
    return respond(kept.blob, kept.file_name, own=kept.added_by == request.actor.account_id)


@operations.get("/cases/{code}/slips/{uuid:slip}", _("A form issued in a case"), None, door=STAFF, **DOWNLOAD)
def read_case_slip(request: Call, code: Code, slip: UUID) -> HttpResponseBase:
    """As PDF."""
    issued = files.slip(code, slip, request.actor)
    return respond(print_slip(issued.id, by=request.actor, at=request.at), f"{code}-{issued.form:02d}.pdf")


@operations.get("/cases/{code}/results/{uuid:result}", _("A result of a case"), None, door=STAFF, **DOWNLOAD)
def read_case_result(request: Call, code: Code, result: UUID) -> HttpResponseBase:
    """As PDF."""
    decided = files.result(code, result, request.actor)
    return respond(print_result(decided.id, by=request.actor, at=request.at), f"{code}.pdf")

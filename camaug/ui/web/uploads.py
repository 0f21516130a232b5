"""Where <resumable-upload> sends: tus 1.0.0 (tus.io), its core with creation, expiration, checksum and termination.

An upload belongs to the account that began it; to everybody else there is none. Taking it in is the form's business.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date

from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.files import resumable
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.models import PartialUpload
from camaug.kernel.pages import Request, public

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
_LONGEST_NUMBER = 12
_CHECKSUM_MISMATCH = 460  # of tus

type Answer = Callable[[Request, UUID], HttpResponse]


@public  # citizens and officers send files: whoever has an account
def uploads(request: Request) -> HttpResponse:
    """POST begins an upload. OPTIONS says what is understood."""
    if request.method == "OPTIONS":
        offered = {"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,checksum,termination"}
        return _said(204, offered | {"Tus-Checksum-Algorithm": "sha256", "Tus-Max-Size": str(LIMITS.bytes)})
    if request.method != "POST":
        return _said(405, {"Allow": "OPTIONS, POST"})
    if request.actor.account_id is None:
        raise NotFound
    if request.headers.get("Tus-Resumable") != VERSION:
        return _said(412, {"Tus-Version": VERSION})
    size = _number(request.headers.get("Upload-Length"))
    if size is None:
        return _said(400)
    try:
        begun = resumable.begin(request.actor.account_id, _file_name(request), size, at=request.at)
    except DomainError as no:
        return _refused(no)
    return _said(201, {"Location": reverse("ui:upload", args=[begun.id]), **_standing(begun)})


@public
def upload(request: Request, upload: UUID) -> HttpResponse:
    """HEAD says how much has arrived, PATCH brings the next piece, DELETE throws it away."""
    answer = _ANSWERS.get(request.method or "")
    if answer is None:
        return _said(405, {"Allow": ", ".join(_ANSWERS)})
    resumable.under_way(upload, request.actor.account_id, at=request.at)
    if request.headers.get("Tus-Resumable") != VERSION:
        return _said(412, {"Tus-Version": VERSION})
    return answer(request, upload)


def _head(request: Request, upload: UUID) -> HttpResponse:
    return _said(200, _standing(resumable.under_way(upload, request.actor.account_id, at=request.at)))


def _patch(request: Request, upload: UUID) -> HttpResponse:
    if request.content_type != PIECE:
        return _said(415)
    offset, length = _number(request.headers.get("Upload-Offset")), _number(request.headers.get("Content-Length"))
    if offset is None or length is None:
        return _said(400)
    if length > resumable.LARGEST_PIECE:
        return _said(413)
    try:
        octets = request.read(length)
    except UnreadablePostError:
        octets = b""
    if len(octets) != length:
        return _said(400)
    if not _sums_up(request.headers.get("Upload-Checksum", ""), octets):
        return _said(_CHECKSUM_MISMATCH)
    owner = request.actor.account_id
    try:
        now = resumable.append(upload, octets, offset=offset, owner=owner, at=request.at)
    except resumable.OffsetWrong as no:
        return _said(409, {"Upload-Offset": str(no.facts["received"])})
    except FileTooLarge as no:
        return _refused(no)
    return _said(204, _standing(now))


def _delete(request: Request, upload: UUID) -> HttpResponse:
    resumable.forget(upload, resumable.under_way(upload, request.actor.account_id, at=request.at).owner)
    return _said(204)


_ANSWERS: dict[str, Answer] = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}


def _standing(upload: PartialUpload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.size),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
    }


def _said(status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    always = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
    return HttpResponse(status=status, headers=always | (headers or {}), content_type="text/plain; charset=utf-8")


def _refused(no: DomainError) -> HttpResponse:
    response = _said(413 if isinstance(no, FileTooLarge) else 422)
    response.content = str(no)
    return response


def _number(said: str | None) -> int | None:
    known = said is not None and said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER
    return int(said) if said and known else None


def _file_name(request: Request) -> str:
    """`filename` of the Upload-Metadata, which are pairs of a word and base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _sums_up(said: str, octets: bytes) -> bool:
    """Whether the piece is the one that was sent; a client may leave the sum out."""
    if not said:
        return True
    algorithm, _space, value = said.partition(" ")
    return algorithm == "sha256" and value == base64.b64encode(hashlib.sha256(octets).digest()).decode()

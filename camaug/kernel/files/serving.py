"""Sending stored content so that it never runs in the browser."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from camaug.kernel.files.joining import miniature
from camaug.kernel.files.names import tidy
from camaug.kernel.files.sniffing import JPEG, PNG
from camaug.kernel.files.store import open_blob
from camaug.kernel.models import Blob

SHOWN_IN_PLACE = frozenset({"application/pdf", "image/jpeg", "image/png"})
_POLICY = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def respond(blob: Blob, file_name: str, *, inline: bool = False, own: bool = False) -> FileResponse:
    """The bytes as an attachment, or in place for PDF, JPEG and PNG; who may see them is the page's question.

    `own`: to whoever sent them, who may look before the virus scanner has.
    """
    in_place = inline and blob.media_type in SHOWN_IN_PLACE
    response = FileResponse(open_blob(blob, unscanned=own), content_type=blob.media_type)
    response["Content-Length"] = blob.size
    return _harmless(response, file_name, in_place=in_place)


def respond_small(blob: Blob, file_name: str, *, own: bool = False) -> HttpResponseBase:
    """A picture as small as a page of lists needs it, for telephones on bad lines; anything else as `respond` does."""
    if blob.media_type not in (JPEG, PNG):
        return respond(blob, file_name, own=own)
    with open_blob(blob, unscanned=own) as content:
        small = miniature(content)
    return _harmless(HttpResponse(small, content_type=JPEG), file_name, in_place=True)


def respond_copy(octets: bytes, media_type: str, file_name: str, *, inline: bool = False) -> HttpResponse:
    """A copy made just now of what is stored."""
    in_place = inline and media_type in SHOWN_IN_PLACE
    return _harmless(HttpResponse(octets, content_type=media_type), file_name, in_place=in_place)


def respond_printed(pdf: bytes, file_name: str, *, inline: bool = False) -> HttpResponse:
    """A PDF that was printed just now, as an attachment or in place."""
    return _harmless(HttpResponse(pdf, content_type="application/pdf"), file_name, in_place=inline)


def _harmless[R: HttpResponseBase](response: R, file_name: str, *, in_place: bool) -> R:
    response["Content-Disposition"] = content_disposition_header(not in_place, tidy(file_name)) or "attachment"
    response["Content-Security-Policy"] = f"sandbox; {_POLICY}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

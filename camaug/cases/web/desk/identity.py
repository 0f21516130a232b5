"""Marked copies of identity papers as pages show them."""

from io import BytesIO

from django.http.response import HttpResponseBase

from camaug.cases.identity import marked
from camaug.cases.models import CaseFile
from camaug.kernel.files.joining import miniature
from camaug.kernel.files.serving import respond_copy
from camaug.kernel.files.sniffing import JPEG
from camaug.kernel.pages import Request


def marked_copy(request: Request, kept: CaseFile) -> HttpResponseBase:
    """The copy for this viewer now, whole or a picture `small`, in place or as a `download`."""
    octets, kind, name = marked(kept, by=request.actor, at=request.at)
    if kind == JPEG and "small" in request.GET:
        octets = miniature(BytesIO(octets))
    return respond_copy(octets, kind, name, inline="download" not in request.GET)

"""Copies of identity papers that say, across every page, for which case they were given and who looks at them."""

from io import BytesIO
from pathlib import PurePosixPath

from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from camaug.cases.models import CaseFile
from camaug.cases.slips.offices import agency_name
from camaug.catalogue.queries import definition
from camaug.kernel.clock import LOCAL
from camaug.kernel.files.joining import miniature
from camaug.kernel.files.serving import respond_copy
from camaug.kernel.files.sniffing import JPEG, PDF
from camaug.kernel.files.store import open_blob
from camaug.kernel.files.watermark import MARKED, marked_pdf, marked_picture
from camaug.kernel.pages import Request


def is_identity_paper(kept: CaseFile) -> bool:
    """Whether the file was given for a paper by which somebody could pass for another."""
    papers = definition(kept.case.version_id).papers
    return any(paper.id == kept.paper and paper.identity for paper in papers) and kept.blob.media_type in MARKED


def marked_copy(request: Request, kept: CaseFile) -> HttpResponseBase:
    """The copy for this viewer now, whole or `small`, in place or as a `download`."""
    with open_blob(kept.blob) as content:
        octets = content.read()
    stem, inline = PurePosixPath(kept.file_name).stem, "download" not in request.GET
    lines = _lines(request, kept)
    if kept.blob.media_type == PDF:
        return respond_copy(marked_pdf(octets, lines, name=kept.file_name), PDF, f"{stem}.pdf", inline=inline)
    picture = marked_picture(octets, lines)
    if "small" in request.GET:
        picture = miniature(BytesIO(picture))
    return respond_copy(picture, JPEG, f"{stem}.jpg", inline=inline)


def _lines(request: Request, kept: CaseFile) -> tuple[str, ...]:
    """In Vietnamese whoever looks: the copy may go on to others."""
    today = request.at.astimezone(LOCAL)
    agency = agency_name(request.actor.post.unit_id if request.actor.post else None, today)
    with translation.override("vi"):
        return (
            _("Copy handed in with case {code}").format(code=kept.case.code),
            _("Only for the procedure: {procedure}").format(procedure=_short(definition(kept.case.version_id).name)),
            _("{agency}, {date}").format(agency=agency, date=f"{today:%d/%m/%Y}"),
        )


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"

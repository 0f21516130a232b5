"""Copies of identity papers that say, across every page, for which case they were given and who looks at them."""

from datetime import datetime
from pathlib import PurePosixPath

from django.utils import translation
from django.utils.translation import gettext as _

from camaug.cases.models import CaseFile
from camaug.cases.slips.offices import agency_name
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.files.sniffing import JPEG, PDF
from camaug.kernel.files.store import open_blob
from camaug.kernel.files.watermark import MARKED, marked_pdf, marked_picture


def is_identity_paper(kept: CaseFile) -> bool:
    """Whether the file was given for a paper by which somebody could pass for another."""
    papers = definition(kept.case.version_id).papers
    return any(paper.id == kept.paper and paper.identity for paper in papers) and kept.blob.media_type in MARKED


def marked(kept: CaseFile, *, by: Actor, at: datetime) -> tuple[bytes, str, str]:
    """The copy for this viewer now: its bytes, their type, and a name for them."""
    with open_blob(kept.blob) as content:
        octets = content.read()
    stem, lines = PurePosixPath(kept.file_name).stem, _lines(kept, by, at)
    if kept.blob.media_type == PDF:
        return marked_pdf(octets, lines, name=kept.file_name), PDF, f"{stem}.pdf"
    return marked_picture(octets, lines), JPEG, f"{stem}.jpg"


def _lines(kept: CaseFile, by: Actor, at: datetime) -> tuple[str, ...]:
    """In Vietnamese whoever looks: the copy may go on to others."""
    today = at.astimezone(LOCAL)
    agency = agency_name(by.post.unit_id if by.post else None, today)
    with translation.override("vi"):
        return (
            _("Copy handed in with case {code}").format(code=kept.case.code),
            _("Only for the procedure: {procedure}").format(procedure=_short(definition(kept.case.version_id).name)),
            _("{agency}, {date}").format(agency=agency, date=f"{today:%d/%m/%Y}"),
        )


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"

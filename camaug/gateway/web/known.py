from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from camaug.cases.queries.exchange import NATIONAL_STATES
from camaug.gateway.national.known import Point, known_of
from camaug.gateway.queries import shipment
from camaug.gateway.web.national import shown_shipment
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request
from camaug.ui.administration import is_administrator, watchers
from camaug.ui.templatetags.words import moment

NAMES = {
    "TrangThaiHoSo": _("State"),
    "NgayTiepNhan": _("Received on"),
    "NgayHenTra": _("Due"),
    "NgayKetThucXuLy": _("Finished on"),
    "NgayTra": _("Handed out on"),
    "DonViXuLy": _("Competent agency"),
    "TaiLieuNop": _("Files of the dossier"),
    "DanhSachHoSoBoSung": _("Requests for supplement"),
    "DanhSachGiayToKetQua": _("Number of results"),
}


@watchers
def known(request: Request, shipment_id: UUID) -> HttpResponse:
    """What the portal knows of the message's case, asked each time. Operators read only whether it is as with us."""
    view = shipment(shipment_id)
    try:
        found = known_of(view.case_id, at=request.at)
    except NotFound:
        raise
    except DomainError as no:
        return shown_shipment(request, view, silent=str(no))
    points = found.points if is_administrator(request.actor) else ()
    rows = [
        {"name": NAMES[one.key], "theirs": _read(one, one.theirs), "ours": _read(one, one.ours), "point": one}
        for one in points
    ]
    return shown_shipment(request, view, known=found, rows=rows)


def _read(point: Point, said: str) -> object:
    """A field of the exchange as people read it."""
    if point.key == "TrangThaiHoSo":
        return NATIONAL_STATES.get(said, said)
    if not point.key.startswith("Ngay"):
        return said
    try:
        return moment(datetime.strptime(said, "%Y%m%d%H%M%S").replace(tzinfo=LOCAL))
    except ValueError:
        return said

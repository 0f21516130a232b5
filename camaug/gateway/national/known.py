"""What the portal knows of a case, beside what it would be told of it now. Nothing in it names anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from camaug.cases.queries.exchange import exchange_of
from camaug.gateway.national.choice import needed_portal
from camaug.gateway.national.shape import case_data
from camaug.kernel.errors import DomainError
from camaug.kernel.outgoing.sending import NotTaken

COMPARED = ("TrangThaiHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra", "DonViXuLy")
COUNTED = ("TaiLieuNop", "DanhSachHoSoBoSung", "DanhSachGiayToKetQua")


class PortalSilent(DomainError):
    """It cannot be reached, or is in trouble itself."""

    sentence = _("The national portal does not answer at the moment. Ask again in a while.")


class PortalRefuses(DomainError):
    """It answered, and not with a case."""

    sentence = _("The national portal gave no answer about this case: {reason}.")


@dataclass(frozen=True, slots=True)
class Point:
    """One field as the portal has it and as it is with us; of lists the number of their lines."""

    key: str
    theirs: str
    ours: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.theirs != self.ours


@dataclass(frozen=True, slots=True)
class Known:
    """`found`: the portal knows the case. `points` are those fields of it that the portal has told."""

    found: bool
    points: tuple[Point, ...] = ()

    @property
    def differing(self) -> int:
        """How many points differ."""
        return sum(point.differs for point in self.points)


def known_of(case_id: UUID, *, at: datetime) -> Known:
    """Ask the portal about the case; NotFound where we have none, NoPortal, PortalSilent, PortalRefuses."""
    to, told = needed_portal(), exchange_of(case_id, at=at)
    ours = case_data(told, kinds=settings.NATIONAL_PORTAL_KINDS)
    try:
        theirs = to.case(told.code)
    except NotTaken as no:
        raise (PortalRefuses(reason=no.reason) if no.final else PortalSilent) from no
    if theirs is None:
        return Known(found=False)
    return Known(
        found=True,
        points=tuple(
            Point(key, _short(theirs, key), _short(ours, key)) for key in (*COMPARED, *COUNTED) if key in theirs
        ),
    )


def _short(data: Mapping[str, Any], key: str) -> str:
    said = data[key]
    if key in COUNTED:
        return str(len(said)) if isinstance(said, list) else "0"
    return str(said or "").strip()

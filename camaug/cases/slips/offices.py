"""How an agency stands at the head of a paper, on the day of issue."""

from datetime import date, datetime
from uuid import UUID

from camaug.cases.slips.forms import Office
from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView, Directory, directory, place

COMMITTEE = "PEOPLES_COMMITTEE"
PARTY_BODIES = {"Tỉnh ủy ": "Đảng bộ tỉnh ", "Thành ủy ": "Đảng bộ thành phố ", "Huyện ủy ": "Đảng bộ huyện "}
"""As what a Party committee stands above a lower one at the head of its papers (HD 36-HD/VPTW)."""
UNIT_KINDS = ("Xã ", "Phường ", "Thị trấn ", "Thị xã ", "Huyện ", "Quận ", "Thành phố ", "Tỉnh ")


def office(agency_id: UUID, at: datetime | date) -> Office:
    """The agency's name, the superior that is written above it, and the place where its papers are dated."""
    agencies = directory(_day(at))
    agency = agencies.get(agency_id)
    return Office(
        name=agency.name,
        superior=_superior(agencies, agency),
        place=_place(agencies, agency),
        address=agency.address,
        phone=agency.phone,
        code=agency.code,
        code_is_placeholder=agency.code_is_placeholder,
        heading=agency.heading,
        motto=agency.motto,
        star=agency.star,
    )


def agency_name(agency_id: UUID | None, at: datetime | date) -> str:
    """The agency's name on that day; empty where there is none."""
    agencies = directory(_day(at))
    return agencies.get(agency_id).name if agency_id and agency_id in agencies else ""


def full_name(agency_id: UUID, at: datetime | date) -> str:
    """The agency with the units above it: “Ủy ban nhân dân xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau”."""
    agency = directory(_day(at)).get(agency_id)
    above = place(agency.place_id).full_name.split(", ")[1:] if agency.place_id else []
    return ", ".join([agency.name, *(unit[:1].lower() + unit[1:] for unit in above if unit not in agency.name)])


def _day(at: datetime | date) -> date:
    return at.astimezone(LOCAL).date() if isinstance(at, datetime) else at


def _superior(agencies: Directory, agency: AgencyView) -> str:
    """The direct superior; a People's Committee names none (NĐ 30/2020 Appendix I II.2)."""
    if agency.kind == COMMITTEE or agency.parent_id is None or agency.parent_id not in agencies:
        return ""
    above = agencies.get(agency.parent_id).name
    return next(
        (body + above.removeprefix(name) for name, body in PARTY_BODIES.items() if above.startswith(name)), above
    )


def _place(agencies: Directory, agency: AgencyView) -> str:
    """The administrative unit's name without its kind, except where the name is a number (“Phường 5”)."""
    for one in (agency, *agencies.above(agency.id)):
        if one.place_id is not None:
            return dated_at(one.place_name)
    return ""


def dated_at(unit: str) -> str:
    """“Xã Tân Lộc” gives “Tân Lộc”, “Phường 5” stays (NĐ 30/2020 Appendix I II.4)."""
    for kind in UNIT_KINDS:
        if unit.startswith(kind):
            short = unit.removeprefix(kind)
            return unit if short.isdigit() else short
    return unit

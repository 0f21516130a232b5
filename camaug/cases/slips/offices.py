"""How an agency stands at the head of a paper, on the day of issue."""

from datetime import datetime
from uuid import UUID

from camaug.cases.slips.forms import Office
from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView, Directory, directory, place

COMMITTEE = "PEOPLES_COMMITTEE"
UNIT_KINDS = ("Xã ", "Phường ", "Thị trấn ", "Thị xã ", "Huyện ", "Quận ", "Thành phố ", "Tỉnh ")


def office(agency_id: UUID, at: datetime) -> Office:
    """The agency's name, the superior that is written above it, and the place where its papers are dated."""
    agencies = directory(at.astimezone(LOCAL).date())
    agency = agencies.get(agency_id)
    return Office(
        name=agency.name,
        superior=_superior(agencies, agency),
        place=_place(agencies, agency),
        address=agency.address,
        phone=agency.phone,
        code=agency.code,
        code_is_placeholder=agency.code_is_placeholder,
    )


def agency_name(agency_id: UUID | None, at: datetime) -> str:
    """The agency's name on that day; empty where there is none."""
    agencies = directory(at.astimezone(LOCAL).date())
    return agencies.get(agency_id).name if agency_id and agency_id in agencies else ""


def _superior(agencies: Directory, agency: AgencyView) -> str:
    """The direct superior; a People's Committee names none (NĐ 30/2020 Appendix I II.2)."""
    if agency.kind == COMMITTEE or agency.parent_id is None or agency.parent_id not in agencies:
        return ""
    return agencies.get(agency.parent_id).name


def _place(agencies: Directory, agency: AgencyView) -> str:
    """The administrative unit's name without its kind, except where the name is a number (“Phường 5”)."""
    for one in (agency, *agencies.above(agency.id)):
        if one.place_id is not None:
            return dated_at(place(one.place_id).name)
    return ""


def dated_at(unit: str) -> str:
    """“Xã Tân Lộc” gives “Tân Lộc”, “Phường 5” stays (NĐ 30/2020 Appendix I II.4)."""
    for kind in UNIT_KINDS:
        if unit.startswith(kind):
            short = unit.removeprefix(kind)
            return unit if short.isdigit() else short
    return unit

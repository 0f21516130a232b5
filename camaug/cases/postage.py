"""Between whom the papers and the result of a case travel by post."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from camaug.cases.dues import dues
from camaug.cases.lifecycle import AWAITS_PAPERS, State
from camaug.cases.models import Case, DeliveryWay
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.queries import definition
from camaug.kernel.clock import LOCAL
from camaug.people.queries import directory, person, place
from camaug.postal.actions.order import Party


def papers_are_awaited(case: Case) -> bool:
    """Whether the post may fetch papers: of whoever applied from afar, and of whoever was asked for more."""
    state = State(case.state)
    return state == State.SUPPLEMENT_REQUESTED or (case.channel != Channel.COUNTER and state in AWAITS_PAPERS)


def result_is_awaited(case: Case) -> bool:
    """Whether the post may bring the result: wanted that way, ready, nothing owed, and not a part's own."""
    ready = case.state == State.RESULT_READY and case.delivery_way == DeliveryWay.POST and case.parent_id is None
    return ready and all(dues(one, definition(one.version_id)).is_paid for one in (case, *_ready_parts(case)))


def _ready_parts(case: Case) -> Iterable[Case]:
    """The cases that the application opened, whose results go along."""
    return case.parts.filter(state=State.RESULT_READY)


def office_of(case: Case, *, at: datetime) -> Party:
    """The one-stop unit that received the case."""
    if case.receiving_agency_id is None:
        raise ValueError("a case that was sent has an agency that received it")
    agency = directory(at.astimezone(LOCAL).date()).get(case.receiving_agency_id)
    province, commune = _codes(agency.place_id)
    with translation.override("vi"):
        name = _("One-stop unit, {agency}").format(agency=agency.name)
    return Party(
        name=name,
        phone=agency.phone,
        address=agency.address or agency.name,
        email=agency.email,
        province=province,
        commune=commune,
    )


def applicant_of(case: Case) -> Party:
    """The applicant, at the address where the result is wanted, or else their own."""
    return Party(
        name=case.applicant_name,
        phone=case.applicant_phone,
        address=case.delivery_address or home_of(case),
        email=case.applicant_email,
    )


def home_of(case: Case) -> str:
    """The applicant's address as a postman finds it: with commune and province where only the register has them."""
    known = person(case.applicant_id) if case.applicant_id else None
    address = case.applicant_address or (known.address if known else "") or case.delivery_address
    place_name = known.place_name if known else ""
    return address if not place_name or place_name in address else ", ".join(filter(None, (address, place_name)))


def _codes(place_id: UUID | None) -> tuple[str, str]:
    """The codes of province and commune of a place; "" where it is none of these."""
    commune, here = "", place(place_id) if place_id else None
    if here and here.kind == "COMMUNE":
        commune = here.code
    while here and here.parent_id:
        here = place(here.parent_id)
    return here.code if here else "", commune

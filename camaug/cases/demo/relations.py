"""Who represents whom in the demo, and an officer who is known as a citizen, with a case of his own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction

from camaug.cases.actions.register import register
from camaug.cases.demo import contents
from camaug.cases.demo.hands import officer
from camaug.cases.intake import Intake
from camaug.cases.models import Case
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from camaug.people import loading as people
from camaug.people.actions.declare_representation import declare_representation
from camaug.people.actions.link_officer import link_officer
from camaug.people.actions.prove_representation import Evidence, prove_representation
from camaug.people.actions.register_business import register_business
from camaug.people.queries import Capacity, RelationProof, officer_by_email, person_by_number, relations_of_business

COPIES = "chung-thuc-ban-sao"


def load_demo(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Organisations with a head who is proven and somebody who only says so; an officer's own case. Again: nothing."""
    words = yaml.safe_load((profile / "demo.yaml").read_text("utf-8"))
    cast = people.cast(profile)
    numbers = {key: who.number for key, who in cast.citizens.items()}
    with transaction.atomic():
        for told in words["organisations"]:
            _organisation(told, numbers, people.agency_id(profile, told["at"]), at)
        for key, told in words["linked_officers"].items():
            who = cast.officers[key]
            _own_case(officer_by_email(who.email).id, told, people.agency_id(profile, who.agency), at)
    progress(1, 1)


def certificate(name: str, at: datetime) -> Evidence:
    """The enterprise registration that names the head, as a clerk has seen it."""
    issued = (at - timedelta(days=400)).astimezone(LOCAL).date()
    return Evidence(
        capacity=Capacity.LEGAL,
        proof=RelationProof.PAPER,
        document="GCN ĐKDN, đăng ký thay đổi lần 1",
        document_date=issued,
        from_date=issued,
        content=contents.scan("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", name),
        file_name="giay-chung-nhan.jpg",
    )


def _organisation(told: dict[str, Any], numbers: dict[str, str], office: UUID, at: datetime) -> None:
    made = register_business(
        told["name"],
        tax_code=told["tax_code"],
        phone=told["phone"],
        address=told["address"],
        synthetic=True,
        by=SYSTEM,
        at=at,
    )
    if relations_of_business(made.id, at=at):
        return
    head, other = (person_by_number(numbers[told[one]]) for one in ("head", "said"))
    if head and other:
        clerk = officer("ONE_STOP_CLERK", office, at)
        prove_representation(made.id, person_id=head.id, evidence=certificate(head.full_name, at), by=clerk, at=at)
        declare_representation(made.id, person_id=other.id, capacity=Capacity.EMPOWERED, by=clerk, at=at)


def _own_case(officer_id: UUID, told: dict[str, Any], office: UUID, at: datetime) -> None:
    who = link_officer(officer_id, personal_number=told["number"], by=SYSTEM, at=at)
    if who is None or Case.objects.filter(applicant=who).exists():
        return
    taken = Intake(
        request_key=uuid7(),
        procedure=COPIES,
        receiving_agency=office,
        applicant=who.id,
        name=who.full_name,
        number=told["number"],
        phone=told["phone"],
        answers=told["answers"] | {"requester_name": who.full_name},
        payment_way="CASH",
    )
    register(taken, by=officer("ONE_STOP_CLERK", office, at), at=at)

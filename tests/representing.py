"""Who represents an organisation in tests: recorded by the commune's clerk Trần Thị Minh, who has seen the paper."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from camaug.access.queries import actor_of_officer
from camaug.kernel.actors import Actor
from camaug.people.actions.prove_representation import Evidence, prove_representation
from camaug.people.queries import officer_by_email
from camaug.people.representing import Representation
from tests.papers import photo
from tests.world import AT

CLERK = "tanan_tranthiminh@camau.gov.vn"
PAPER = Evidence(
    capacity="LEGAL",
    proof="PAPER",
    document="2001234567 cấp lần 2",
    document_date=date(2025, 7, 1),
    from_date=None,
    content=photo(),
    file_name="giay-chung-nhan.jpg",
)


def clerk_of(at: datetime = AT) -> Actor:
    """The clerk at that instant."""
    return actor_of_officer(officer_by_email(CLERK).id, at=at, origin="test")


def prove(business_id: UUID, person_id: UUID | None, *, at: datetime = AT, **changes: object) -> Representation:
    """Have it recorded that the person represents the organisation; `changes` to the paper that the clerk has seen."""
    assert person_id
    evidence = replace(PAPER, **changes)  # type: ignore[arg-type]
    return prove_representation(business_id, person_id=person_id, evidence=evidence, by=clerk_of(at), at=at)

"""What a clerk types at the counter, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from camaug.catalogue.definition.limits import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTaken:
    """A paper taken in over the counter: how many originals and copies, or the data that stand in its place."""

    originals: int = 0
    copies: int = 0
    source: str = ""
    source_record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A case as taken in. `papers` maps a paper's id to what was taken; `payment_way` says how money was taken at once.

    `applicant` is a person's id, `business` a business's (then the applicant is the business). `forward` hands the case
    over to the next step in the same transaction. `sums` gives, by fee rule, what the catalogue does not know, in đồng.
    """

    request_key: UUID
    procedure: str
    receiving_agency: UUID
    channel: Channel = Channel.COUNTER
    applicant: UUID | None = None
    business: UUID | None = None
    name: str
    number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    authorised_name: str = ""
    authorised_number: str = ""
    authorised_relation: str = ""
    helping_agency: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, PaperTaken] = field(default_factory=dict)
    delivery_way: str = "COUNTER"
    delivery_address: str = ""
    payment_way: str = ""
    sums: Mapping[str, int] = field(default_factory=dict)
    forward: bool = True

"""Cases as officers' programs work on them: list, read, take in at the counter."""

from enum import StrEnum
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid5

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import HeaderEx, P, PathEx, QueryEx
from pydantic import Field

from camaug.cases.actions.note_reading import note_list_read, show_as_json
from camaug.cases.actions.register import register
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.lifecycle import State
from camaug.cases.models import DeliveryWay
from camaug.cases.queries import case_page
from camaug.cases.queries.as_json import EXPANSIONS, CaseJson, cases_json
from camaug.cases.queries.as_written import json_as_written
from camaug.cases.queries.inbox import Filters
from camaug.cases.rest.answers import CaseLine, CaseWhole, OpenMoveAnswer
from camaug.cases.rest.bodies import Sum
from camaug.catalogue.definition.limits import Channel
from camaug.kernel.errors import InvalidInput
from camaug.kernel.paging import place_from
from camaug.kernel.rest import (
    STAFF,
    After,
    Body,
    Call,
    Limit,
    Operations,
    Page,
    Whole,
    Written,
    YesNo,
    cursor,
    place_of,
)
from camaug.people.queries import directory

operations = Operations("cases")
Code = PathEx[str, P(max_length=60)]
SearchWords = HeaderEx[
    str,
    P(
        alias="Search-Words",
        max_length=1800,  # nine octets a letter with two marks
        description="Words, with or without accents: UTF-8, percent-encoded. Names and numbers stay out of addresses.",
    ),
]
_LONGEST = 300
_LONGEST_WORDS = 200


class Tab(StrEnum):
    """The lists of the inbox."""

    RECEIVE = "receive"
    TODO = "todo"
    ANSWER = "answer"
    WAITING = "waiting"
    OVERDUE = "overdue"
    RETURN = "return"
    DONE = "done"


class Taken(Body):
    """A paper taken in over the counter, or the data that stand in its place."""

    originals: Whole = Field(0, ge=0, le=100)
    copies: Whole = Field(0, ge=0, le=100)
    source: str = Field("", max_length=120)
    source_record: str = Field("", max_length=120)


class Registration(Body):
    """A case as taken in. `payment_way` says how money was taken at once; `sums` what the catalogue does not know."""

    procedure: str = Field(max_length=60)
    receiving_agency: str = Field(max_length=60, description="The agency's code")
    channel: Channel = Channel.COUNTER
    applicant_id: UUID | None = Field(None, description="The person in the register")
    business_id: UUID | None = Field(None, description="The business in the register, if it is the applicant")
    name: str = Field(min_length=1, max_length=200)
    number: str = Field("", max_length=14)
    phone: str = Field("", max_length=16)
    email: str = Field("", max_length=254)
    address: str = Field("", max_length=_LONGEST)
    authorised_name: str = Field("", max_length=120)
    authorised_number: str = Field("", max_length=12)
    authorised_relation: str = Field("", max_length=120)
    answers: dict[str, Any] = {}
    papers: dict[str, Taken] = {}
    delivery_way: DeliveryWay = DeliveryWay.COUNTER
    delivery_address: str = Field("", max_length=_LONGEST)
    payment_way: str = Field("", pattern="^(CASH|TRANSFER)?$")
    sums: dict[str, Sum] = {}
    forward: YesNo = True


@operations.get(
    "/cases", _("Cases of one's agencies: a list of the inbox, or all, filtered"), Page[CaseLine], door=STAFF
)
def list_cases(
    request: Call,
    tab: Tab | None = None,
    state: QueryEx[list[State], P(description="Any of these")] = [],  # noqa: B006 (read only)
    procedure: QueryEx[str, P(max_length=60)] = "",
    channel: Channel | None = None,
    agency: QueryEx[str, P(max_length=60, description="The code of the agency that received them")] = "",
    mine: QueryEx[bool, P(description="Only those assigned to the caller")] = False,
    search_words: SearchWords = "",
    after: After = "",
    limit: Limit = 50,
) -> Written:
    """A list of the inbox in its order; without `tab` all that the caller sees, the newest first."""
    known = directory(request.at.date()).by_code(agency).id if agency else None
    words = _words(request, search_words)
    filters = Filters(procedure=procedure, channel=channel or "", mine=mine, words=words, agency=known)
    of = f"cases:{tab}"
    if words:
        note_list_read("search.api", {"words": words}, by=request.actor, at=request.at)
    found = cases_json(
        request.actor,
        tab or "",
        at=request.at,
        filters=filters,
        states=state,
        after=place_from(place_of(after, of=of)) if after else None,
        limit=limit,
    )
    following = cursor(found.following, of=of) if found.following else None
    told = b"null" if following is None else f'"{following}"'.encode()
    return Written(b'{"items":' + found.octets + b',"next":' + told + b"}", next=following)


@operations.post(
    "/cases", _("Take a case in at the counter: code, receipt, and on to the next step"), CaseWhole, door=STAFF
)
def register_case(request: Call, sent: Registration) -> Written:
    """In one transaction. What is wrong with the form is said by field."""
    intake = Intake(
        request_key=uuid5(UUID(int=0), f"{request.caller.key}:{request.headers['Idempotency-Key']}"),
        receiving_agency=directory(request.at.date()).by_code(sent.receiving_agency).id,
        applicant=sent.applicant_id,
        business=sent.business_id,
        papers={paper: PaperTaken(**taken.model_dump()) for paper, taken in sent.papers.items()},
        **sent.model_dump(exclude={"receiving_agency", "applicant_id", "business_id", "papers"}),
    )
    made = register(intake, by=request.actor, at=request.at)
    return _written(json_as_written(made, request.actor, at=request.at))


@operations.get("/cases/{code}", _("One case, with what is expanded"), CaseWhole, door=STAFF)
def read_case(
    request: Call,
    code: Code,
    expand: QueryEx[
        str, P(max_length=200, description=f"Names with commas between them: {', '.join(EXPANSIONS)}")
    ] = "",
) -> Written:
    """As its page shows it. The `ETag` begins with the revision, for moves."""
    wanted = [name for name in expand.split(",") if name]
    if unknown := set(wanted) - EXPANSIONS.keys():
        raise InvalidInput({"expand": gettext("Not known: {names}.").format(names=", ".join(sorted(unknown)))})
    return told(request, code, expand=wanted)


@operations.get("/cases/{code}/moves", _("The moves that are open in a case"), Page[OpenMoveAnswer], door=STAFF)
def list_moves(request: Call, code: Code) -> Page[OpenMoveAnswer]:
    """Each with the address to send it to; its fields stand in the OpenAPI."""
    page = case_page(code, request.actor, at=request.at)
    return Page(
        items=[
            OpenMoveAnswer(
                move=move.name, refusal=move.refusal, href=f"/api/v1/cases/{page.case.code}/moves/{slug_of(move.name)}"
            )
            for move in page.moves
        ]
    )


def told(request: Call, code: str, *, expand: list[str] | tuple[str, ...] = ()) -> Written:
    """The case as it stands now; that it was shown is written down."""
    found = show_as_json(code, by=request.actor, at=request.at, expand=expand)
    request.noted = code
    return _written(found)


def _written(found: CaseJson) -> Written:
    return Written(found.octets, revision=found.revision)


def _words(request: Call, said: str) -> str:
    """What the header looks for; InvalidInput where the words stand in the address, as if they were not meant."""
    if "q" in request.GET:
        raise InvalidInput({"q": gettext("Send the words in the header Search-Words, not in the address.")})
    return unquote(said).replace("\0", " ").strip()[:_LONGEST_WORDS]


def slug_of(move: str) -> str:
    """A move in an address."""
    return move.replace("_", "-")

"""A case as other systems of government are told of it: everything at once, without asking who wants to know.

Only `gateway` calls it, for systems to which the law has the province report (QCVN 120:2019/BTTTT; NĐ 118/2025).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from camaug.access.queries import identities_of
from camaug.cases.lifecycle import LABELS, NATIONAL_CODES, DeliveryState, PaymentState, ResultState, State
from camaug.cases.models import Case, Payment
from camaug.cases.queries.timeline import SENTENCES
from camaug.catalogue.queries import definition
from camaug.kernel.actors import ActorKind
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord, Scan
from camaug.people.queries import directory
from camaug.people.queries.officers import position

NATIONAL_STATES = {str(code): LABELS[state] for state, code in reversed(NATIONAL_CODES.items()) if code}
"""Words for a national code: those of the first state that has it, where several of ours share one."""
_ASKED, _ANSWERED = "cases.SupplementRequested", "cases.CaseSupplemented"


class Moment(StrEnum):
    """When money was taken, or where it is still owed, asked for."""

    RECEPTION = "RECEPTION"
    SUPPLEMENT = "SUPPLEMENT"
    RESULT = "RESULT"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file given for a paper of the dossier. `opens`: whoever may see the case can still open it."""

    id: UUID
    name: str
    paper: str
    removed: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """One item of money owed, in đồng."""

    id: str
    name: str
    amount: int
    charge: bool
    paid: bool
    moment: Moment


@dataclass(frozen=True, slots=True)
class SupplementFacts:
    """What was asked to be added, by which officer; `answered_at` None: still waited for.

    `taken_by` is the officer who took the answer in, "" where the applicant sent it himself; `answer` his words.
    """

    id: UUID
    words: str
    asked_by: str
    asked_at: datetime
    taken_by: str
    answer: str
    answered_at: datetime | None
    papers: tuple[str, ...]
    due_before: datetime | None
    due_after: datetime | None


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A paper that was decided; `result` is its id in the procedure."""

    id: UUID
    result: str
    name: str
    national_code: str


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """One case. `status` is the national status code (1 to 10); `digitised`: some paper came as a file; `vouched`: the
    account that it was sent from belongs to an identity from outside, such as VNeID.
    """

    code: str
    status: int
    procedure_code: str
    procedure_name: str
    field: str
    field_name: str
    channel: str
    applicant_kind: str
    applicant_name: str
    applicant_number: str
    vouched: bool
    phone: str
    email: str
    competent: str
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    handed_out_at: datetime | None
    receiver: str
    delivery_way: str
    files: tuple[FileFacts, ...]
    fees: tuple[FeeFacts, ...]
    supplements: tuple[SupplementFacts, ...]
    results: tuple[ResultFacts, ...]

    @property
    def digitised(self) -> bool:
        """Whether some paper is there as a file."""
        return any(not file.removed for file in self.files)


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What an officer did: who, as what, in which agency, and the time that his step had."""

    code: str
    status: int
    officer: str
    post: str
    unit: str
    did: str
    at: datetime
    begun_at: datetime | None
    due_at: datetime | None


def exchange_of(case_id: UUID, *, at: datetime) -> ExchangeView:
    """The case as it stands; NotFound where there is none, or only a draft."""
    case = _sent(case_id)
    made = definition(case.version_id)
    delivery = getattr(case, "delivery", None)
    handed = delivery.handed_out_at if delivery and delivery.state == DeliveryState.HANDED_OUT else None
    return ExchangeView(
        code=case.code or "",
        status=_status(case),
        procedure_code=made.national_code.value or made.code,
        procedure_name=made.name,
        field=made.field,
        field_name=case.version.field.name,
        channel=case.channel,
        applicant_kind=case.applicant_kind,
        applicant_name=case.applicant_name,
        applicant_number=case.applicant_number,
        vouched=bool(case.account_id and identities_of(case.account_id)),
        phone=case.applicant_phone,
        email=case.applicant_email,
        competent=_agency_name(case.competent_agency_id, at),
        received_at=case.received_at,
        due_at=case.due_at,
        ended_at=case.finished_at,
        handed_out_at=handed,
        receiver=delivery.receiver_name if delivery else "",
        delivery_way=case.delivery_way,
        files=tuple(_files(case)),
        fees=tuple(_fees(case)),
        supplements=tuple(_supplements(case)),
        results=tuple(_results(case, {result.id: result.national_code for result in made.results})),
    )


def step_of(row: EventRecord) -> StepFacts:
    """What that event says of an officer's work; NotFound as for `exchange_of`."""
    case = _sent(row.subject_id)
    return StepFacts(
        code=case.code or "",
        status=_status(case),
        officer=row.actor_name,
        post=_post_title(row),
        unit=_unit_name(row),
        did=str(SENTENCES[row.name]),
        at=row.at,
        begun_at=case.step_from_at,
        due_at=case.step_due_at,
    )


def changed_since(
    at: datetime, names: Sequence[str], *, behind: UUID | None = None
) -> "QuerySet[EventRecord, tuple[UUID, UUID]]":
    """Each case that one of these events touched since then, with the last such event; by id, those after `behind`."""
    rows = EventRecord.objects.filter(name__in=list(names), recorded_at__gte=at)
    if behind:
        rows = rows.filter(subject_id__gt=behind)
    return rows.order_by("subject_id", "-recorded_at", "-id").distinct("subject_id").values_list("subject_id", "id")


def last_event(case_code: str, names: Sequence[str]) -> tuple[UUID, UUID]:
    """The case of that code and its last such event; NotFound."""
    case = Case.objects.submitted().filter(code=case_code).only("id").first()
    if case is None:
        raise NotFound
    rows = EventRecord.objects.filter(subject_id=case.id, name__in=list(names))
    row = rows.order_by("-recorded_at", "-id").only("id").first()
    if row is None:
        raise NotFound
    return case.id, row.id


def codes_of(*, ids: Sequence[UUID] = (), codes: Sequence[str] = ()) -> dict[UUID, str]:
    """Codes by the id of the case, of cases with these ids or these codes."""
    wanted = Case.objects.submitted().filter(Q(pk__in=list(ids)) | Q(code__in=list(codes)))
    return {case_id: code or "" for case_id, code in wanted.values_list("id", "code")}


def _sent(case_id: UUID) -> Case:
    known = Case.objects.submitted().select_related("version__field", "delivery")
    case = known.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def _status(case: Case) -> int:
    return NATIONAL_CODES[State(case.state)] or 1


def _files(case: Case) -> Iterable[FileFacts]:
    for file in case.files.select_related("blob").order_by("id"):
        removed = file.removed_at is not None
        opens = not removed and file.blob.scan != Scan.INFECTED
        yield FileFacts(file.id, file.file_name, file.paper, removed, opens)


def _fees(case: Case) -> Iterable[FeeFacts]:
    for payment in case.payments.order_by("id"):
        moment = _moment(case, payment)
        for item in payment.items:
            yield FeeFacts(
                id=str(item.get("rule") or item.get("id") or ""),
                name=str(item.get("name", "")),
                amount=int(item.get("amount") or 0),
                charge=item.get("kind") == "CHARGE",
                paid=payment.state == PaymentState.PAID,
                moment=moment,
            )


def _moment(case: Case, payment: Payment) -> Moment:
    at = payment.paid_at or payment.asked_at
    if case.results.filter(published_at__lt=at).exists():
        return Moment.RESULT
    waited = Q(answered_at__isnull=True) | Q(answered_at__gte=at)
    return Moment.SUPPLEMENT if case.supplements.filter(waited, requested_at__lt=at).exists() else Moment.RECEPTION


def _supplements(case: Case) -> Iterable[SupplementFacts]:
    stops, officers = {stop.from_at: stop for stop in case.stops.all()}, _officers(case)
    for asked in case.supplements.order_by("requested_at"):
        stop = stops.get(asked.requested_at)
        yield SupplementFacts(
            id=asked.id,
            words=asked.reason,
            asked_by=officers.get((_ASKED, str(asked.id)), ""),
            asked_at=asked.requested_at,
            taken_by=officers.get((_ANSWERED, str(asked.id)), ""),
            answer=asked.answer,
            answered_at=asked.answered_at,
            papers=tuple(str(item["name"]) for item in asked.items),
            due_before=stop.due_before if stop else None,
            due_after=stop.due_after if stop else None,
        )


def _officers(case: Case) -> Mapping[tuple[str, str], str]:
    """Names of officers by event and supplement; an applicant who answered by himself is none."""
    rows = EventRecord.objects.filter(subject_id=case.id, name__in=[_ASKED, _ANSWERED], actor_kind=ActorKind.STAFF)
    return {(row.name, str(row.facts["supplement"])): row.actor_name for row in rows}


def _results(case: Case, codes: dict[str, str]) -> Iterable[ResultFacts]:
    for one in case.results.filter(state=ResultState.ISSUED).order_by("published_at", "id"):
        yield ResultFacts(one.id, one.result, one.name, codes.get(one.result, ""))


def _post_title(row: EventRecord) -> str:
    return position(row.post_id).title if row.post_id else ""


def _unit_name(row: EventRecord) -> str:
    return _agency_name(row.unit_id, row.at)


def _agency_name(agency_id: UUID | None, at: datetime) -> str:
    return directory(at.astimezone(LOCAL).date()).get(agency_id).name if agency_id else ""

"""Batches: what may be asked for, how far one is, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from camaug.cases.lifecycle import LABELS, LIFECYCLE, ItemState, State, open_moves
from camaug.cases.models import Batch, BatchItem, Case, Note
from camaug.cases.policy import PERMISSIONS
from camaug.cases.queries.lists import CaseRow, rows_of
from camaug.cases.queries.sense import makes_sense
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import Blob, EventRecord
from camaug.kernel.paging import Page, page_of
from camaug.people.queries import PositionView, holders

_LOST_AFTER = timedelta(seconds=20)
_PROPOSED = "cases.DecisionProposed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case before a batch: `refusal` says why the move is not open to this actor now, "" where it is.

    `proposal`, `proposer` and `words` are what was put before the one who decides.
    """

    row: CaseRow
    refusal: str
    proposal: str
    proposer: str
    words: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A case of a batch and what became of it; `code` is "" where the reader may no longer know of the case."""

    code: str
    applicant: str
    procedure: str
    state: ItemState
    sentence: str


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its counts; `items` in its order, empty in lists."""

    id: UUID
    move: str
    started_at: datetime
    finished_at: datetime | None
    total: int
    done: int
    refused: int
    blob: Blob | None
    items: tuple[Tried, ...] = ()

    @property
    def tried(self) -> int:
        """How many cases were tried."""
        return self.done + self.refused

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return 100 * self.tried // self.total if self.total else 100


def candidates(ids: Iterable[UUID], move: str, actor: Actor, *, at: datetime) -> tuple[Candidate, ...]:
    """The cases, in the order asked for, with what stands in the way of the move; unseen ones are left out."""
    asked = list(dict.fromkeys(ids))
    found = {case.id: case for case in Case.objects.visible_to(actor).submitted().filter(pk__in=asked)}
    cases = [found[case_id] for case_id in asked if case_id in found]
    said = _proposals(cases) if move in ("approve", "send_back") else {}
    return tuple(
        Candidate(row, refusal(case, move, actor), case.proposal, *said.get(case.id, ("", "")))
        for row, case in zip(rows_of(cases, at=at), cases, strict=True)
    )


def refusal(case: Case, move: str, actor: Actor) -> str:
    """Why the actor cannot make the move now; "" where he can. Printing asks nothing but sight."""
    if move == "print":
        return ""
    state = State(case.state)
    made = definition(case.version_id)
    step = made.process.step(case.step)
    if move not in open_moves(state, step.kind) or not makes_sense(move, case, actor, made):
        return str(WrongState(state=LABELS[state]))
    permission = PERMISSIONS[LIFECYCLE.move(move).needs]
    return permission.refusal(actor, case)


def bulk_moves(rows: Iterable[CaseRow], moves: Iterable[str]) -> tuple[str, ...]:
    """Which of the moves state and step leave open in any of the rows."""
    kinds = {(row.state, row.step_kind, row.decides_next) for row in rows if row.step_kind}
    return tuple(
        move
        for move in moves
        if any(
            move in open_moves(state, StepKind(kind)) and not (move == "hand_over" and decides)
            for state, kind, decides in kinds
        )
    )


def batch(batch_id: UUID, actor: Actor) -> BatchView:
    """The actor's own batch, whole; NotFound for anybody else's."""
    row = _counted(_own(actor)).filter(pk=batch_id).first()
    if row is None:
        raise NotFound
    items = BatchItem.objects.filter(batch=row).select_related("case").order_by("ordinal")
    seen = set(
        Case.objects.visible_to(actor).filter(pk__in=[item.case_id for item in items]).values_list("pk", flat=True)
    )
    return _view(row, tuple(_tried(item, seen=item.case_id in seen) for item in items))


def cases_of_batch(batch_id: UUID, actor: Actor, state: ItemState) -> tuple[UUID, ...]:
    """The cases of the actor's own batch of which that became, in its order."""
    items = BatchItem.objects.filter(batch__in=_own(actor).filter(pk=batch_id), state=state)
    return tuple(items.order_by("ordinal").values_list("case_id", flat=True))


def cases_printed(batch_id: UUID) -> QuerySet[Case]:
    """The cases whose papers the batch printed."""
    return Case.objects.filter(pk__in=BatchItem.objects.filter(batch=batch_id, state=ItemState.DONE).values("case"))


def holders_of(found: Iterable[Candidate], *, at: datetime) -> tuple[PositionView, ...]:
    """Who does the steps at which these cases stand, holders before stand-ins."""
    places = {(one.row.holder_role, one.row.holder_unit_id) for one in found if not one.refusal}
    listed = [one for role, unit in sorted(places, key=str) if unit is not None for one in holders(role, unit, at)]
    return tuple(dict.fromkeys(listed))


def batches(actor: Actor, *, token: str = "", size: int = 25) -> Page[BatchView]:
    """The actor's own batches, the latest first."""
    page = page_of(_counted(_own(actor)), key="started_at", token=token, size=size, descending=True)
    return Page(tuple(_view(row) for row in page.rows), page.older, page.newer)


def unfinished_batches(*, at: datetime) -> tuple[UUID, ...]:
    """Batches that should have been taken up by now."""
    lost = Batch.objects.filter(finished_at__isnull=True, started_at__lt=at - _LOST_AFTER)
    return tuple(lost.order_by("started_at").values_list("id", flat=True)[:50])


def _own(actor: Actor) -> QuerySet[Batch]:
    return Batch.objects.filter(account_id=actor.account_id) if actor.account_id else Batch.objects.none()


def _counted(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.select_related("blob").annotate(
        n_all=Count("items"),
        n_done=Count("items", filter=Q(items__state=ItemState.DONE)),
        n_refused=Count("items", filter=Q(items__state=ItemState.REFUSED)),
    )


def _view(row: Batch, items: tuple[Tried, ...] = ()) -> BatchView:
    counts = {name: int(getattr(row, f"n_{name}")) for name in ("all", "done", "refused")}
    return BatchView(
        id=row.id,
        move=row.move,
        started_at=row.started_at,
        finished_at=row.finished_at,
        total=counts["all"],
        done=counts["done"],
        refused=counts["refused"],
        blob=row.blob,
        items=items,
    )


def _tried(item: BatchItem, *, seen: bool) -> Tried:
    made = definition(item.case.version_id)
    code = item.case.code or ""
    return Tried(code if seen else "", item.case.applicant_name, made.name, ItemState(item.state), item.sentence)


def _proposals(cases: list[Case]) -> dict[UUID, tuple[str, str]]:
    """Who proposed last in each case, and in which words."""
    events = EventRecord.objects.filter(subject_id__in=[case.id for case in cases], name=_PROPOSED)
    last = {event.subject_id: event for event in events.order_by("id")}
    notes = Note.objects.in_bulk([note for event in last.values() if (note := event.facts.get("note"))])
    texts = {str(key): note.text for key, note in notes.items()}
    return {case_id: (event.actor_name, texts.get(str(event.facts.get("note")), "")) for case_id, event in last.items()}

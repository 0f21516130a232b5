"""How every move of a case begins and ends: lock, freshness, lifecycle, permission; then one save and one event."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import Act
from camaug.cases import policy
from camaug.cases.clock import latest_for_step
from camaug.cases.lifecycle import ANY_STEP_MOVES, IDLE, LABELS, LIFECYCLE, STEP_MOVES, State
from camaug.cases.models import Case, Note, seen_by
from camaug.cases.unseen import unseen
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor, Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, MovedOn, NotFound
from camaug.kernel.events import Event, row_of
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.prepared import asked
from camaug.kernel.rows import OneByOne, Rows, as_row, columns
from camaug.kernel.transactions import part
from camaug.worktime.queries import same_calendars

type Named = UUID | str
"""Which case: by its id, or by its code, as officers call it."""

HELPED = {"submit": (Act.SUBMIT,), "supplement": (Act.SUPPLEMENT,), "answer_draft": (Act.SUPPLEMENT,)}
"""What a mandate may let a helper do; every other move he does not even see."""


class CaseMovedOn(MovedOn):
    """Somebody else moved the case after the page was opened."""

    sentence = _("{name} moved this case at {time}; it is now “{state}”. Please look at it again. Nothing was changed.")


class ReasonMissing(DomainError):
    """The move needs its reason in words."""

    sentence = _("Please write the reason: the applicant has a right to know it.")


class AlreadyDone(Exception):
    """The same person asks for the same move again (a double click, a lost answer): nothing is done twice.

    It is raised before anything is written.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__()


@dataclass(slots=True)
class Moving:
    """A move under way, with the case locked."""

    case: Case
    name: str
    by: Actor
    at: datetime
    post: Post | None
    definition: Definition
    rows: Rows = field(default_factory=OneByOne)

    def note(self, text: str, *, internal: bool = False) -> UUID:
        """Write down the words said with the move; ReasonMissing where there are none."""
        words = text.strip()
        if not words:
            raise ReasonMissing
        return Note.objects.create(case=self.case, text=words, internal=internal, at=self.at).id

    def finish(self, event: Event, *, state: State | None = None) -> Case:
        """Set the state that the lifecycle says (or `state`), save everything, record the event."""
        self.moved(state)
        self.rows.change(self.case)
        self.tell(event)
        return self.case

    def tell(self, event: Event) -> None:
        """Record an event of the move."""
        self.rows.add(row_of(event, by=self.by, at=self.at, post=self.post))

    def moved(self, state: State | None = None) -> None:
        """Set what every move sets; nothing is written yet."""
        case = self.case
        case.state = state or LIFECYCLE.after(self.name, State(case.state))
        case.revision += 1
        case.last_move, case.moved_by, case.moved_at = self.name, self.by.account_id, self.at
        case.moved_by_name = self.by.name
        case.participants = sorted(_taking_part(case), key=str)
        case.urgent_at = case.due_at or case.step_due_at or case.saved_at
        case.latest_at = latest_for_step(case, self.definition)
        case.look_at = None if State(case.state) in IDLE else self.at


def _taking_part(case: Case) -> set[UUID]:
    now = (case.receiving_agency_id, case.competent_agency_id, case.helping_agency_id, case.holder_unit_id)
    return {*case.participants, *(unit for unit in now if unit is not None)}


def one_move[**P](action: Callable[P, Case]) -> Callable[P, Case]:
    """Decorator of actions: one transaction, one look at the calendars; a repeated request gives the case as it is."""
    return _in(transaction.atomic, action)


def one_move_within[**P](action: Callable[P, Case]) -> Callable[P, Case]:
    """The same for a move pressed all day: what it refuses undoes whatever greater transaction falls as one, so that
    nobody who catches the refusal there may ask anything more.
    """
    return _in(part, action)


def _in[**P](begun: Callable[[], transaction.Atomic], action: Callable[P, Case]) -> Callable[P, Case]:
    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> Case:
        with begun(), same_calendars():
            try:
                return action(*args, **kwargs)
            except AlreadyDone as done:
                return done.case

    return run


def begin(
    which: Named, name: str, *, by: Actor, at: datetime, seen: int | None = None, rows: Rows | None = None
) -> Moving:
    """Lock the case for a move. `seen` is the revision that the actor looked at; None: not asked.

    NotFound where the actor may not know of the case; CaseMovedOn, WrongState or NotAllowed where the move is not open.
    """
    case = _locked(which, by, *HELPED.get(name, ()))
    _check_fresh(case, name, by, seen)
    made = definition(case.version_id)
    state = State(case.state)
    LIFECYCLE.after(name, state)
    if case.step and name not in STEP_MOVES[made.process.step(case.step).kind] | ANY_STEP_MOVES:
        raise WrongState(state=LABELS[state])
    policy.PERMISSIONS[LIFECYCLE.move(name).needs].check(by, case)
    post = policy.acting_post(by, case)
    return Moving(case=case, name=name, by=by, at=at, post=post, definition=made, rows=rows or OneByOne())


def _locked(which: Named, by: Actor, *acts: Act) -> Case:
    seen, values = seen_by(by, *acts)
    key = "code" if isinstance(which, str) else "id"
    statement = f"SELECT {columns(Case, 'c')} FROM cases_case c WHERE c.{key} = %(which)s AND {seen} FOR UPDATE"  # noqa: S608
    for row in asked(statement, {"which": which, **values}):
        return as_row(Case, row)
    raise NotFound if isinstance(which, str) else unseen(which, by)


def _check_fresh(case: Case, name: str, by: Actor, seen: int | None) -> None:
    if seen is None or case.revision == seen:
        return
    if case.revision == seen + 1 and case.last_move == name and case.moved_by == by.account_id:
        raise AlreadyDone(case)
    time = f"{case.moved_at.astimezone(LOCAL):%H:%M %d/%m/%Y}" if case.moved_at else ""
    raise CaseMovedOn(name=case.moved_by_name or _("The applicant"), time=time, state=LABELS[State(case.state)])

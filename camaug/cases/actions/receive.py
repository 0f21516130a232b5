from dataclasses import replace
from datetime import datetime
from uuid import UUID

from camaug.cases.actions.open_parts import open_parts
from camaug.cases.actions.owe import owe_at_reception
from camaug.cases.actions.pass_on import pass_on
from camaug.cases.clock import start
from camaug.cases.events import CaseReceived
from camaug.cases.lifecycle import PaymentState
from camaug.cases.models import Case, Slip
from camaug.cases.moves import Moving, Named, begin, one_move, one_move_within
from camaug.cases.slips.contents import Contents, contents
from camaug.cases.slips.facts import receipt_facts
from camaug.kernel.actors import Actor
from camaug.kernel.rows import Together, new
from camaug.worktime.queries import calendar_told

RECEIPT = 1


@one_move_within
def receive(which: Named, *, by: Actor, at: datetime, seen: int | None = None, forward: bool = True) -> Case:
    """Find the dossier complete and valid: the clock starts, the receipt (Form 01) is issued, the due time promised.

    `forward` hands the case over to the next step at once.
    """
    return _receive(begin(which, "receive", by=by, at=at, seen=seen, rows=Together()), forward=forward)


@one_move
def receive_step_by_step(case_id: UUID, *, by: Actor, at: datetime, forward: bool = True) -> Case:
    """The same, a row at a time: the reference for what is written together."""
    return _receive(begin(case_id, "receive", by=by, at=at), forward=forward)


def _receive(moving: Moving, *, forward: bool) -> Case:
    there = contents(moving.case.id, RECEIPT)
    with calendar_told(there.calendar):
        return take_in(moving, there, forward=forward)


def take_in(moving: Moving, there: Contents, *, forward: bool) -> Case:
    """The inside of reception, for cases from afar and from the counter; `there` is what lies in the dossier."""
    case = moving.case
    start(case, moving.definition, at=moving.at)
    known = owe_at_reception(moving, there.payments)
    if known is not None:
        there = replace(there, payments=known.asked)
    facts = receipt_facts(case, there, by=moving.by, at=moving.at, items=known.items if known else None)
    slip = issue(moving, RECEIPT, facts, earlier=there.slips)
    due = case.due_at.isoformat() if case.due_at else None
    owed = sum(one.amount for one in there.payments if one.state == PaymentState.OWED)
    moving.finish(CaseReceived(subject=case.id, code=case.code or "", due_at=due, slip=slip.id, owed=owed))
    passed = forward and not moving.definition.process.immediate
    if passed:
        received = case.revision
        moving.name = "hand_over"
        pass_on(moving)
        case.last_move, case.revision = "receive", received  # one request, one revision: a repeat is known again
        moving.rows.change(case, ["last_move", "revision"])
    moving.rows.write()
    if passed:
        open_parts(case, moving.definition, at=moving.at)
    return case


def issue(moving: Moving, form: int, facts: dict[str, object], *, earlier: int | None = None) -> Slip:
    """Write a statutory form down as it is issued; printed later from these facts, whatever changes meanwhile.

    `earlier` is how many of the form the case has already, where that is known.
    """
    before = moving.case.slips.filter(form=form).count() if earlier is None else earlier
    slip = new(Slip)(
        case=moving.case,
        form=form,
        ordinal=before + 1,
        facts=facts,
        number=str(facts.get("number", "")),
        issued_at=moving.at,
        issued_by=moving.by.account_id,
    )
    moving.rows.add(slip)
    return slip

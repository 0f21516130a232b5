from datetime import datetime
from uuid import UUID

from camaug.cases.actions.open_parts import open_parts
from camaug.cases.actions.pass_on import pass_on
from camaug.cases.clock import start
from camaug.cases.events import CaseReceived
from camaug.cases.models import Case, Slip
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.slips.facts import receipt_facts
from camaug.kernel.actors import Actor

RECEIPT = 1


@one_move
def receive(case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, forward: bool = True) -> Case:
    """Find the dossier complete and valid: the clock starts, the receipt (Form 01) is issued, the due time promised.

    `forward` hands the case over to the next step at once.
    """
    return take_in(begin(case_id, "receive", by=by, at=at, seen=seen), forward=forward)


def take_in(moving: Moving, *, forward: bool) -> Case:
    """The inside of reception, for cases from afar and from the counter."""
    case = moving.case
    start(case, moving.definition, at=moving.at)
    slip = issue(moving, RECEIPT, receipt_facts(case, by=moving.by, at=moving.at))
    due = case.due_at.isoformat() if case.due_at else None
    moving.finish(CaseReceived(subject=case.id, code=case.code or "", due_at=due, slip=slip.id))
    if forward and not moving.definition.process.immediate:
        received = case.revision
        moving.name = "hand_over"
        pass_on(moving)
        open_parts(case, moving.definition, at=moving.at)
        case.last_move, case.revision = "receive", received  # one request, one revision: a repeat is known again
        case.save(update_fields=["last_move", "revision"])
    return case


def issue(moving: Moving, form: int, facts: dict[str, object]) -> Slip:
    """Write a statutory form down as it is issued; printed later from these facts, whatever changes meanwhile."""
    ordinal = moving.case.slips.filter(form=form).count() + 1
    return Slip.objects.create(
        case=moving.case,
        form=form,
        ordinal=ordinal,
        facts=facts,
        number=str(facts.get("number", "")),
        issued_at=moving.at,
        issued_by=moving.by.account_id,
    )

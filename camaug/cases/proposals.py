"""What was put before those who decide, and by whom: told by the case's events."""

from dataclasses import dataclass
from uuid import UUID

from camaug.cases.events import CaseHandedOver, CaseReopened, CaseSentBack, CaseTakenBack, DecisionProposed
from camaug.cases.lifecycle import STEP_MOVES
from camaug.cases.models import Case
from camaug.catalogue.definition.process import Process, Step, StepKind
from camaug.kernel.actors import Actor
from camaug.kernel.models import EventRecord

_TOLD = (CaseHandedOver, DecisionProposed, CaseSentBack, CaseTakenBack, CaseReopened)


@dataclass(frozen=True, slots=True)
class Held:
    """The proposal that holds, who made it, and all who have proposed since the case was last sent back or reopened."""

    proposal: str = ""
    by: UUID | None = None
    proposers: frozenset[UUID | None] = frozenset()


def proposals(case: Case) -> list[Held]:
    """What held after each passing on, in order: a passing on that was taken back is none."""
    held = [Held()]
    names = [kind.name for kind in _TOLD]
    for event in EventRecord.objects.filter(subject_id=case.pk, name__in=names).order_by("id"):
        match event.name:
            case CaseTakenBack.name:
                held.pop()
            case DecisionProposed.name:
                by = event.actor_id
                held.append(Held(event.facts["proposal"], by, held[-1].proposers | {by}))
            case CaseHandedOver.name:
                held.append(held[-1])
            case _:
                held.append(Held())
    return held


def has_proposed(actor: Actor, case: Case, process: Process) -> bool:
    """Whether the actor made a proposal that led to the one that holds. Where nobody reviews there is but that one,
    and the case itself says whose it is.
    """
    reviewed = any(step.kind == StepKind.REVIEW for step in process.steps)
    return reviewed and actor.account_id in proposals(case)[-1].proposers


def lacks_proposal(case: Case, origin: Step) -> bool:
    """Whether nobody has proposed a decision in a case that comes from a step in which one is proposed."""
    return not case.proposal and "propose" in STEP_MOVES[origin.kind]

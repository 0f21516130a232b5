"""Which of the moves that state and step leave open make sense in a case, by what the case has been through."""

from collections.abc import Callable

from camaug.cases.agreement import consent_of, last_draft
from camaug.cases.dues import dues
from camaug.cases.lifecycle import (
    MOST_SUPPLEMENTS,
    TAKEN_BACK,
    ConsultationState,
    DraftState,
    RefundState,
    State,
)
from camaug.cases.models import Case, Extension
from camaug.cases.policy import consulted_post
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.actors import Actor

type Sense = Callable[[Case, Actor, Definition], bool]


def makes_sense(name: str, case: Case, actor: Actor, made: Definition) -> bool:
    """Whether the move is worth offering; a move without a condition of its own always is."""
    sense = SENSE.get(name)
    return sense is None or sense(case, actor, made)


def _unreceived(case: Case, _actor: Actor, _made: Definition) -> bool:
    return not case.is_received()


def _received(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.is_received()


def _never(_case: Case, _actor: Actor, _made: Definition) -> bool:
    return False


def _stands_alone(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.parent_id is None


def _earlier(case: Case, _actor: Actor, made: Definition) -> bool:
    return bool(made.process.back_from(case.step))


def _just_passed_on(case: Case, actor: Actor, _made: Definition) -> bool:
    return case.last_move in TAKEN_BACK and case.moved_by == actor.account_id


def _asked_me(case: Case, actor: Actor, _made: Definition) -> bool:
    return any(consulted_post(actor, asked) for asked in case.consultations.filter(state=ConsultationState.ASKED))


def _asked(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.consultations.filter(state=ConsultationState.ASKED).exists()


def _promised(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.due_at is not None and not Extension.objects.filter(case=case).exists()


def _may_ask_again(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.supplements.count() < MOST_SUPPLEMENTS


def _owes(case: Case, _actor: Actor, made: Definition) -> bool:
    known = dues(case, made)
    return not known.is_paid and (case.is_received() or bool(known.asked) or known.duty is not None)


def _owes_back(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.refunds.filter(state=RefundState.OWED).exists()


def _shows_a_draft(case: Case, _actor: Actor, made: Definition) -> bool:
    """Unless it is with the applicant, or agreed to, already."""
    if consent_of(case, made) is None:
        return False
    last = last_draft(case)
    return last is None or last.state == DraftState.OBJECTED


def _was_shown_a_draft(case: Case, _actor: Actor, _made: Definition) -> bool:
    return case.drafts.filter(state=DraftState.SHOWN).exists()


def _may_be_asked_to_pay(case: Case, _actor: Actor, made: Definition) -> bool:
    """While work goes on it waits for the money; a result that is ready waits for it anyway, once it was asked for."""
    known = dues(case, made)
    if case.state == State.RESULT_READY:
        return not known.is_asked
    return bool(known.unknown) or known.more > 0


SENSE: dict[str, Sense] = {
    "submit": _never,
    "receive": _unreceived,
    "refuse": _unreceived,
    "hand_over": _received,
    "propose": _received,
    "hand_out": _stands_alone,
    "ask_withdrawal": _stands_alone,
    "complete": _never,
    "send_back": _earlier,
    "take_back": _just_passed_on,
    "answer": _asked_me,
    "withdraw_question": _asked,
    "show_draft": _shows_a_draft,
    "answer_draft": _was_shown_a_draft,
    "apologise": _promised,
    "request_supplement": _may_ask_again,
    "confirm_payment": _owes,
    "pay_back": _owes_back,
    "ask_payment": _may_be_asked_to_pay,
}

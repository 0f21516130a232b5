"""The table of states and moves, checked whole: every state against every move."""

import pytest

from camaug.cases.lifecycle import (
    ANY_STEP_MOVES,
    DECIDED,
    FINISHED,
    LABELS,
    LIFECYCLE,
    NATIONAL_CODES,
    STEP_MOVES,
    WAITING,
    State,
    open_moves,
)
from camaug.cases.policy import PERMISSIONS
from camaug.catalogue.definition.process import StepKind
from camaug.kernel.lifecycle import WrongState

# state: where each of its moves leads; whatever is not here must be refused
TABLE: dict[State, dict[str, State]] = {
    State.DRAFT: {"submit": State.SUBMITTED},
    State.SUBMITTED: {
        "receive": State.RECEIVED,
        "refuse": State.REFUSED,
        "request_supplement": State.SUPPLEMENT_REQUESTED,
        "assign": State.SUBMITTED,
        "ask_payment": State.FINANCIAL_DUTY,
        "confirm_payment": State.SUBMITTED,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
    },
    State.RECEIVED: {
        "request_supplement": State.SUPPLEMENT_REQUESTED,
        "assign": State.RECEIVED,
        "hand_over": State.IN_PROCESS,
        "ask_payment": State.FINANCIAL_DUTY,
        "confirm_payment": State.RECEIVED,
        "suspend": State.SUSPENDED,
        "apologise": State.RECEIVED,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
        "amend": State.RECEIVED,
    },
    State.REFUSED: {"reopen": State.IN_PROCESS},
    State.IN_PROCESS: {
        "request_supplement": State.SUPPLEMENT_REQUESTED,
        "assign": State.IN_PROCESS,
        "hand_over": State.IN_PROCESS,
        "propose": State.IN_PROCESS,
        "approve": State.GRANTED,
        "deny": State.DENIED,
        "send_back": State.IN_PROCESS,
        "ask_payment": State.FINANCIAL_DUTY,
        "confirm_payment": State.IN_PROCESS,
        "take_back": State.IN_PROCESS,
        "consult": State.IN_PROCESS,
        "show_draft": State.IN_PROCESS,
        "answer": State.IN_PROCESS,
        "answer_draft": State.IN_PROCESS,
        "complete": State.RESULT_READY,
        "withdraw_question": State.IN_PROCESS,
        "suspend": State.SUSPENDED,
        "apologise": State.IN_PROCESS,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
        "amend": State.IN_PROCESS,
    },
    State.SUPPLEMENT_REQUESTED: {
        "supplement": State.SUPPLEMENTED,
        "answer": State.SUPPLEMENT_REQUESTED,
        "answer_draft": State.SUPPLEMENT_REQUESTED,
        "withdraw_question": State.SUPPLEMENT_REQUESTED,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
        "stop": State.STOPPED,
    },
    State.SUPPLEMENTED: {
        "receive": State.RECEIVED,
        "refuse": State.REFUSED,
        "request_supplement": State.SUPPLEMENT_REQUESTED,
        "assign": State.SUPPLEMENTED,
        "hand_over": State.IN_PROCESS,
        "propose": State.IN_PROCESS,
        "ask_payment": State.FINANCIAL_DUTY,
        "confirm_payment": State.SUPPLEMENTED,
        "consult": State.SUPPLEMENTED,
        "show_draft": State.SUPPLEMENTED,
        "answer": State.SUPPLEMENTED,
        "answer_draft": State.SUPPLEMENTED,
        "complete": State.RESULT_READY,
        "withdraw_question": State.SUPPLEMENTED,
        "suspend": State.SUSPENDED,
        "apologise": State.SUPPLEMENTED,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
        "amend": State.SUPPLEMENTED,
    },
    State.SUSPENDED: {
        "answer": State.SUSPENDED,
        "answer_draft": State.SUSPENDED,
        "withdraw_question": State.SUSPENDED,
        "resume": State.IN_PROCESS,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
        "amend": State.SUSPENDED,
    },
    State.FINANCIAL_DUTY: {
        "confirm_payment": State.FINANCIAL_DUTY,
        "answer": State.FINANCIAL_DUTY,
        "answer_draft": State.FINANCIAL_DUTY,
        "withdraw_question": State.FINANCIAL_DUTY,
        "ask_withdrawal": State.WITHDRAWAL_ASKED,
        "stop": State.STOPPED,
    },
    State.WITHDRAWAL_ASKED: {
        "drop_withdrawal": State.IN_PROCESS,
        "stop": State.STOPPED,
        "complete": State.RESULT_READY,
    },
    State.STOPPED: {"reopen": State.IN_PROCESS},
    State.GRANTED: {
        "assign": State.GRANTED,
        "confirm_payment": State.GRANTED,
        "publish_result": State.RESULT_READY,
        "apologise": State.GRANTED,
    },
    State.DENIED: {"assign": State.DENIED, "publish_result": State.RESULT_READY, "apologise": State.DENIED},
    State.RESULT_READY: {
        "ask_payment": State.FINANCIAL_DUTY,
        "confirm_payment": State.RESULT_READY,
        "hand_out": State.HANDED_OUT,
        "correct_result": State.RESULT_READY,
        "revoke_result": State.REVOKED,
        "reopen": State.IN_PROCESS,
    },
    State.HANDED_OUT: {
        "correct_result": State.RESULT_READY,
        "revoke_result": State.REVOKED,
        "reopen": State.IN_PROCESS,
    },
    State.REVOKED: {"reopen": State.IN_PROCESS},
}
for _state in set(State) - {State.DRAFT}:  # money goes back wherever what was sent may stand
    TABLE[_state]["pay_back"] = _state
EVERYWHERE = {"confirm_payment", "pay_back"}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", [move.name for move in LIFECYCLE.moves])
def test_every_state_allows_exactly_its_moves(state: State, move: str) -> None:
    if move in TABLE[state]:
        assert LIFECYCLE.after(move, state) == TABLE[state][move]
    else:
        with pytest.raises(WrongState):
            LIFECYCLE.after(move, state)


def test_every_state_has_a_label_and_a_national_code() -> None:
    assert set(LABELS) == set(State) == set(NATIONAL_CODES)
    assert [NATIONAL_CODES[s] for s in State] == [None, 1, 2, 3, 4, 5, 4, 4, 6, 7, 8, 9, 9, 9, 10, 9]


def test_every_move_needs_a_known_permission_and_is_offered_somewhere() -> None:
    offered = ANY_STEP_MOVES.union(*STEP_MOVES.values())
    for move in LIFECYCLE.moves:
        assert move.needs in PERMISSIONS
        assert move.name in offered
    assert {move.name for move in LIFECYCLE.moves} == offered


def test_finished_waiting_and_decided_states_do_not_overlap() -> None:
    assert not FINISHED & WAITING
    assert not FINISHED & DECIDED
    assert not WAITING & DECIDED


@pytest.mark.parametrize(
    ("state", "step", "moves"),
    [
        (
            State.SUBMITTED,
            StepKind.RECEIVE,
            ("receive", "refuse", "request_supplement", "assign", "ask_payment", "ask_withdrawal"),
        ),
        (
            State.IN_PROCESS,
            StepKind.APPROVE,
            (
                "assign",
                "approve",
                "deny",
                "send_back",
                "take_back",
                "answer",
                "withdraw_question",
                "answer_draft",
                "apologise",
                "ask_withdrawal",
                "amend",
            ),
        ),
        (State.GRANTED, StepKind.PUBLISH, ("assign", "publish_result", "apologise")),
        (State.RESULT_READY, StepKind.RETURN, ("ask_payment", "hand_out", "correct_result", "revoke_result", "reopen")),
        (State.HANDED_OUT, StepKind.RETURN, ("correct_result", "revoke_result", "reopen")),
    ],
)
def test_a_step_offers_only_what_belongs_to_it(state: State, step: StepKind, moves: tuple[str, ...]) -> None:
    assert tuple(name for name in open_moves(state, step) if name not in EVERYWHERE) == moves

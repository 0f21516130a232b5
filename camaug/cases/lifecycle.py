"""The legal lifecycle of a case as one table, with the national status codes (NPSP, domain facts 1.7).

The law's states stand here; who does which step, in what order and how fast is the procedure's own process (catalogue).
`STEP_MOVES` ties the two: a move is open when the state allows it and the step's kind offers it.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.process import StepKind
from camaug.kernel.lifecycle import Lifecycle, Move


class State(StrEnum):
    """Where a case stands in law."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RECEIVED = "RECEIVED"
    REFUSED = "REFUSED"
    IN_PROCESS = "IN_PROCESS"
    SUPPLEMENT_REQUESTED = "SUPPLEMENT_REQUESTED"
    SUPPLEMENTED = "SUPPLEMENTED"
    SUSPENDED = "SUSPENDED"
    FINANCIAL_DUTY = "FINANCIAL_DUTY"
    WITHDRAWAL_ASKED = "WITHDRAWAL_ASKED"
    STOPPED = "STOPPED"
    GRANTED = "GRANTED"
    DENIED = "DENIED"
    RESULT_READY = "RESULT_READY"
    HANDED_OUT = "HANDED_OUT"
    REVOKED = "REVOKED"


NATIONAL_CODES: dict[State, int | None] = {
    State.DRAFT: None,
    State.SUBMITTED: 1,
    State.RECEIVED: 2,
    State.REFUSED: 3,
    State.IN_PROCESS: 4,
    State.SUPPLEMENTED: 4,
    State.SUSPENDED: 4,
    State.SUPPLEMENT_REQUESTED: 5,
    State.FINANCIAL_DUTY: 6,
    State.WITHDRAWAL_ASKED: 7,
    State.STOPPED: 8,
    State.GRANTED: 9,
    State.DENIED: 9,
    State.RESULT_READY: 9,
    State.HANDED_OUT: 10,
    State.REVOKED: 9,
}

LABELS: dict[State, object] = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("Newly submitted"),
    State.RECEIVED: _("Received"),
    State.REFUSED: _("Not accepted"),
    State.IN_PROCESS: _("In process"),
    State.SUPPLEMENT_REQUESTED: _("Waiting for supplement"),
    State.SUPPLEMENTED: _("Supplemented"),
    State.SUSPENDED: _("Suspended"),
    State.FINANCIAL_DUTY: _("Waiting for payment"),
    State.WITHDRAWAL_ASKED: _("Withdrawal asked"),
    State.STOPPED: _("Stopped"),
    State.GRANTED: _("Approved"),
    State.DENIED: _("Denied"),
    State.RESULT_READY: _("Result ready"),
    State.HANDED_OUT: _("Result handed out"),
    State.REVOKED: _("Result revoked"),
}

_WITH_OFFICERS = frozenset({State.RECEIVED, State.IN_PROCESS, State.SUPPLEMENTED})
_AT_RECEPTION = frozenset({State.SUBMITTED, State.SUPPLEMENTED})
_ANY_OPEN = frozenset({*_WITH_OFFICERS, State.SUBMITTED, State.FINANCIAL_DUTY, State.GRANTED, State.RESULT_READY})
_UNDECIDED = frozenset(
    {*_WITH_OFFICERS, State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY, State.SUSPENDED}
)
_WORKED_ON = frozenset({State.IN_PROCESS, State.SUPPLEMENTED})
_SENT = frozenset(State) - {State.DRAFT}
_PUBLISHED = frozenset({State.RESULT_READY, State.HANDED_OUT})
_ASKED = frozenset({*_WORKED_ON, State.SUSPENDED, State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY})

COMPLETED_FROM = frozenset({*_WORKED_ON, State.WITHDRAWAL_ASKED})
"""Where an application stands while the parts that it opened are under way."""

LIFECYCLE = Lifecycle(
    states=State,
    labels=LABELS,
    moves=(
        Move("submit", frozenset({State.DRAFT}), State.SUBMITTED, "cases.submit"),
        Move("receive", _AT_RECEPTION, State.RECEIVED, "cases.receive"),
        Move("refuse", _AT_RECEPTION, State.REFUSED, "cases.receive"),
        Move(
            "request_supplement",
            frozenset({State.SUBMITTED, *_WITH_OFFICERS}),
            State.SUPPLEMENT_REQUESTED,
            "cases.hold",
        ),
        Move("supplement", frozenset({State.SUPPLEMENT_REQUESTED}), State.SUPPLEMENTED, "cases.supplement"),
        Move(
            "assign", frozenset({State.SUBMITTED, *_WITH_OFFICERS, State.GRANTED, State.DENIED}), None, "cases.assign"
        ),
        Move("hand_over", _WITH_OFFICERS, State.IN_PROCESS, "cases.hold"),
        Move("propose", frozenset({State.IN_PROCESS, State.SUPPLEMENTED}), State.IN_PROCESS, "cases.hold"),
        Move("approve", frozenset({State.IN_PROCESS}), State.GRANTED, "cases.decide"),
        Move("deny", frozenset({State.IN_PROCESS}), State.DENIED, "cases.decide"),
        Move("send_back", frozenset({State.IN_PROCESS}), State.IN_PROCESS, "cases.hold"),
        Move(
            "ask_payment",
            frozenset({State.SUBMITTED, *_WITH_OFFICERS, State.RESULT_READY}),
            State.FINANCIAL_DUTY,
            "cases.hold",
        ),
        Move("confirm_payment", _ANY_OPEN, None, "cases.take_money"),
        Move("pay_back", _SENT, None, "cases.pay_back"),
        Move("publish_result", frozenset({State.GRANTED, State.DENIED}), State.RESULT_READY, "cases.hold"),
        Move("hand_out", frozenset({State.RESULT_READY}), State.HANDED_OUT, "cases.hand_out"),
        Move("take_back", frozenset({State.IN_PROCESS}), None, "cases.take_back"),
        Move("consult", _WORKED_ON, None, "cases.hold"),
        Move("answer", _ASKED, None, "cases.answer"),
        Move("withdraw_question", _ASKED, None, "cases.hold"),
        Move("show_draft", _WORKED_ON, None, "cases.hold"),
        Move("answer_draft", _ASKED, None, "cases.answer_draft"),
        Move("suspend", frozenset({State.RECEIVED, *_WORKED_ON}), State.SUSPENDED, "cases.hold"),
        Move("resume", frozenset({State.SUSPENDED}), State.IN_PROCESS, "cases.hold"),
        Move("apologise", frozenset({*_WITH_OFFICERS, State.GRANTED, State.DENIED}), None, "cases.apologise"),
        Move("ask_withdrawal", _UNDECIDED, State.WITHDRAWAL_ASKED, "cases.withdraw"),
        Move("drop_withdrawal", frozenset({State.WITHDRAWAL_ASKED}), State.IN_PROCESS, "cases.withdraw"),
        Move(
            "stop",
            frozenset({State.WITHDRAWAL_ASKED, State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY}),
            State.STOPPED,
            "cases.stop",
        ),
        Move("complete", COMPLETED_FROM, State.RESULT_READY, "cases.complete"),
        Move("amend", frozenset({*_WITH_OFFICERS, State.SUSPENDED}), None, "cases.amend"),
        Move("correct_result", _PUBLISHED, State.RESULT_READY, "cases.mend_result"),
        Move("revoke_result", _PUBLISHED, State.REVOKED, "cases.mend_result"),
        Move(
            "reopen",
            frozenset({State.REFUSED, State.STOPPED, State.RESULT_READY, State.HANDED_OUT, State.REVOKED}),
            State.IN_PROCESS,
            "cases.reopen",
        ),
    ),
)

STEP_MOVES: dict[StepKind, frozenset[str]] = {
    StepKind.RECEIVE: frozenset({"receive", "refuse", "request_supplement", "hand_over", "ask_payment"}),
    StepKind.EXAMINE: frozenset(
        {"hand_over", "propose", "request_supplement", "ask_payment", "consult", "show_draft", "suspend", "send_back"}
    ),
    StepKind.REVIEW: frozenset(
        {"hand_over", "propose", "send_back", "request_supplement", "consult", "show_draft", "suspend"}
    ),
    StepKind.LINK: frozenset({"complete"}),
    StepKind.APPROVE: frozenset({"approve", "deny", "send_back"}),
    StepKind.PUBLISH: frozenset({"publish_result"}),
    StepKind.RETURN: frozenset({"hand_out", "ask_payment", "correct_result", "revoke_result"}),
}
MOVE_FORMS: dict[str, tuple[int, ...]] = {
    "receive": (1, 6),
    "refuse": (3,),
    "request_supplement": (2,),
    "apologise": (4,),
    "stop": (5,),
    "amend": (1,),
}
"""The forms of TT 03/2025/TT-VPCP Appendix I, by number, that a move produces; the control slip begins at reception."""
ANY_STEP_MOVES = frozenset(
    {
        "assign",
        "confirm_payment",
        "pay_back",
        "supplement",
        "submit",
        "take_back",
        "answer",
        "answer_draft",
        "withdraw_question",
        "resume",
        "apologise",
        "ask_withdrawal",
        "drop_withdrawal",
        "stop",
        "amend",
        "reopen",
    }
)

FINISHED = frozenset({State.REFUSED, State.STOPPED, State.HANDED_OUT, State.REVOKED})
ENDED_PARTS = frozenset({*FINISHED, State.RESULT_READY})
"""Where a part of an application stands when nothing is left to wait for."""
AWAITS_PAPERS = frozenset({*_WITH_OFFICERS, State.SUBMITTED, State.SUPPLEMENT_REQUESTED})
"""Where the office may still wait for papers of somebody who applied from afar."""
RATEABLE = frozenset({*FINISHED, State.RESULT_READY})
WAITING = frozenset({State.SUPPLEMENT_REQUESTED, State.FINANCIAL_DUTY, State.SUSPENDED})
IDLE = frozenset({State.DRAFT, State.RESULT_READY, *FINISHED, *WAITING})
"""States in which no officer's time runs."""
MOST_SUPPLEMENTS = 2
"""The law allows one request (NĐ 118/2025); a second one is possible and counts against the agency."""
TAKEN_BACK = frozenset({"hand_over", "propose", "send_back"})
"""The moves that the one who made them may take back, as long as nobody has moved the case since."""
OTHER_STOPS = frozenset({"SUPPLEMENT", "FINANCIAL_DUTY", "CONSULTATION"})
"""The grounds whose stop has a move of its own, so that nobody suspends a case on them."""
DECIDED = frozenset({State.GRANTED, State.DENIED, State.RESULT_READY})


class StopGround(StrEnum):
    """Why a case ends without a decision."""

    WITHDRAWN = "WITHDRAWN"
    NOT_SUPPLEMENTED = "NOT_SUPPLEMENTED"
    DUTY_NOT_DONE = "DUTY_NOT_DONE"


STOPPED_ON: dict[State, StopGround] = {
    State.WITHDRAWAL_ASKED: StopGround.WITHDRAWN,
    State.SUPPLEMENT_REQUESTED: StopGround.NOT_SUPPLEMENTED,
    State.FINANCIAL_DUTY: StopGround.DUTY_NOT_DONE,
}
"""On which ground a case is stopped from each state from which it may be."""
STOP_LABELS: dict[StopGround, object] = {
    StopGround.WITHDRAWN: _("The applicant asked to withdraw"),
    StopGround.NOT_SUPPLEMENTED: _("The applicant has not supplemented the dossier"),
    StopGround.DUTY_NOT_DONE: _("The applicant has not paid what is owed"),
}


class PaymentState(StrEnum):
    """Money owed for a case."""

    OWED = "OWED"
    PAID = "PAID"


class RefundState(StrEnum):
    """Money owed back to whoever paid it."""

    OWED = "OWED"
    PAID_BACK = "PAID_BACK"


class DeliveryState(StrEnum):
    """The result's way back."""

    WAITING = "WAITING"
    READY = "READY"
    HANDED_OUT = "HANDED_OUT"


class ConsultationState(StrEnum):
    """A question to another agency. CONSENTED: it let its time pass, which a law takes as consent."""

    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    CONSENTED = "CONSENTED"
    WITHDRAWN = "WITHDRAWN"


class DraftState(StrEnum):
    """A draft of a result that the applicant was shown. CONSENTED: the time passed in silence, which is taken as
    agreement; WITHDRAWN: what it says was changed since.
    """

    SHOWN = "SHOWN"
    AGREED = "AGREED"
    OBJECTED = "OBJECTED"
    CONSENTED = "CONSENTED"
    WITHDRAWN = "WITHDRAWN"


class ResultState(StrEnum):
    """A result after it was issued: it holds, a corrected one stands in its place, or it was revoked."""

    ISSUED = "ISSUED"
    REPLACED = "REPLACED"
    REVOKED = "REVOKED"


class PaperState(StrEnum):
    """One component of the dossier."""

    MISSING = "MISSING"
    GIVEN = "GIVEN"
    REPLACED = "REPLACED"
    CHECKED = "CHECKED"


class ItemState(StrEnum):
    """One case of a batch."""

    PENDING = "PENDING"
    DONE = "DONE"
    REFUSED = "REFUSED"


def open_moves(state: State, step: StepKind) -> tuple[str, ...]:
    """The moves that state and step together leave open, in table order; who may make them is the policy's word."""
    offered = STEP_MOVES[step] | ANY_STEP_MOVES
    return tuple(move.name for move in LIFECYCLE.open_moves(state) if move.name in offered)

"""Every move of a case as an operation: what it is sent with, and the action that makes it.

`If-Match` with the case's ETag: the move is refused where somebody else moved the case meanwhile.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.amend import Details, amend
from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.apologise import apologise
from camaug.cases.actions.approve import approve
from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.assign import assign
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.correct_result import correct_result
from camaug.cases.actions.deny import deny
from camaug.cases.actions.drop_withdrawal import drop_withdrawal
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.pay_back import pay_back
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.reopen import reopen
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.resume import resume
from camaug.cases.actions.revoke_result import revoke_result
from camaug.cases.actions.send_back import send_back
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.actions.stop import stop
from camaug.cases.actions.supplement import supplement
from camaug.cases.actions.suspend import suspend
from camaug.cases.actions.take_back import take_back
from camaug.cases.actions.withdraw_question import withdraw_question
from camaug.cases.bulk import DECISIONS
from camaug.cases.models import Case
from camaug.cases.queries.as_json import case_id
from camaug.cases.rest import bodies
from camaug.cases.rest.answers import CaseWhole
from camaug.cases.rest.cases import Code, slug_of, told
from camaug.kernel.actors import Actor
from camaug.kernel.rest import STAFF, Body, Call, Operations, Written, revision_seen

operations = Operations("moves")


_WEIGHTY = DECISIONS | {"deny", "refuse", "stop", "apologise", "reopen", "correct_result", "revoke_result"}
"""Moves whose pages ask again who it is: those that decide or end a case, undo that, or bear a head's signature."""


class How(TypedDict):
    """By whom, when, and which revision the caller had seen."""

    by: Actor
    at: datetime
    seen: int | None


def _move[B: Body](name: str, sentence: Promise, body: type[B], act: Callable[[UUID, B, How], Case]) -> None:
    """An operation for the move, sent with that body."""

    def make(request: Call, code: Code, sent: B) -> Written:
        act(case_id(code, request.actor), sent, _how(request))
        return told(request, code)

    make.__name__, make.__doc__ = f"move_{name}", body.__doc__
    make.__annotations__["sent"] = body
    _put(name, sentence, make)


def _bare_move(name: str, sentence: Promise, act: Callable[[UUID, How], Case]) -> None:
    """An operation for a move that needs no word."""

    def make(request: Call, code: Code) -> Written:
        act(case_id(code, request.actor), _how(request))
        return told(request, code)

    make.__name__, make.__doc__ = f"move_{name}", "It needs no body."
    _put(name, sentence, make)


def _put(name: str, sentence: Promise, make: Callable[..., Written]) -> None:
    path = f"/cases/{{code}}/moves/{slug_of(name)}"
    operations.post(path, sentence, CaseWhole, door=STAFF, status=200, weighty=name in _WEIGHTY)(make)


def _how(request: Call) -> How:
    return {"by": request.actor, "at": request.at, "seen": revision_seen(request)}


def _ask(case: UUID, sent: bodies.Requested, how: How) -> Case:
    items = [Item(one.paper, one.name, one.reason) for one in sent.items]
    return request_supplement(case, items, reason=sent.reason, **how)


def _answer(case: UUID, sent: bodies.Answered, how: How) -> Case:
    said = Answer(verdict=sent.verdict, text=sent.text, amount=sent.amount)
    return answer(case, sent.consultation, said, **how)


def _amend(case: UUID, sent: bodies.Amended, how: How) -> Case:
    return amend(case, Details(**sent.model_dump(exclude={"reason"})), reason=sent.reason, **how)


def move_receive(request: Call, code: Code) -> Written:
    """It needs no body."""
    receive(code, **_how(request))
    return told(request, code)


_put("receive", _("Receive the dossier"), move_receive)
_bare_move("publish_result", _("Enter in the book and publish"), lambda case, how: publish_result(case, **how))
_bare_move("show_draft", _("Send the draft to the applicant"), lambda case, how: show_draft(case, **how))
_move(
    "answer_draft",
    _("Enter the answer to the draft"),
    bodies.DraftAnswered,
    lambda case, sent, how: answer_draft(case, agrees=sent.agrees, wrong=sent.wrong, **how),
)
_move("refuse", _("Do not accept"), bodies.Reasoned, lambda case, sent, how: refuse(case, reason=sent.reason, **how))
_move("deny", _("Deny the application"), bodies.Reasoned, lambda case, sent, how: deny(case, reason=sent.reason, **how))
_move(
    "approve", _("Approve the application"), bodies.Noted, lambda case, sent, how: approve(case, note=sent.note, **how)
)
_move("resume", _("Resume the case"), bodies.Noted, lambda case, sent, how: resume(case, note=sent.note, **how))
_move("take_back", _("Take back"), bodies.Noted, lambda case, sent, how: take_back(case, note=sent.note, **how))
_move(
    "drop_withdrawal",
    _("Let the case go on"),
    bodies.Noted,
    lambda case, sent, how: drop_withdrawal(case, note=sent.note, **how),
)
_move(
    "ask_withdrawal",
    _("Enter a withdrawal"),
    bodies.Reasoned,
    lambda case, sent, how: ask_withdrawal(case, reason=sent.reason, **how),
)
_move(
    "hand_over",
    _("Hand over to the next step"),
    bodies.Passed,
    lambda case, sent, how: hand_over(case, to=sent.to, note=sent.note, **how),
)
_move(
    "propose",
    _("Submit for approval"),
    bodies.Proposed,
    lambda case, sent, how: propose(case, sent.proposal, to=sent.to, note=sent.note, **how),
)
_move(
    "send_back",
    _("Send back for rework"),
    bodies.Returned,
    lambda case, sent, how: send_back(case, reason=sent.reason, to=sent.to, **how),
)
_move(
    "reopen",
    _("Open the case again"),
    bodies.Returned,
    lambda case, sent, how: reopen(case, reason=sent.reason, to=sent.to, **how),
)
_move("assign", _("Assign an officer"), bodies.Assigned, lambda case, sent, how: assign(case, to=sent.to, **how))
_move("request_supplement", _("Request a supplement"), bodies.Requested, _ask)
_move(
    "supplement",
    _("Enter the supplement"),
    bodies.Supplemented,
    lambda case, sent, how: supplement(case, answer=sent.answer, answers=sent.answers, **how),
)
_move(
    "ask_payment",
    _("Ask for payment"),
    bodies.Charged,
    lambda case, sent, how: ask_payment(case, sums=sent.sums, **how),
)
_move(
    "confirm_payment",
    _("Take the money"),
    bodies.Paid,
    lambda case, sent, how: confirm_payment(case, way=sent.way, document=sent.document, sums=sent.sums, **how),
)
_move(
    "pay_back",
    _("Pay the refund back"),
    bodies.PaidBack,
    lambda case, sent, how: pay_back(case, way=sent.way, receiver=sent.receiver, number=sent.number, **how),
)
_move(
    "hand_out",
    _("Hand out the result"),
    bodies.HandedOut,
    lambda case, sent, how: hand_out(case, Receiver(**sent.model_dump()), **how),
)
_move(
    "consult",
    _("Ask another agency"),
    bodies.Questioned,
    lambda case, sent, how: consult(case, Question(**sent.model_dump()), **how),
)
_move("answer", _("Answer the question"), bodies.Answered, _answer)
_move(
    "withdraw_question",
    _("Withdraw the question"),
    bodies.QuestionDropped,
    lambda case, sent, how: withdraw_question(case, sent.consultation, reason=sent.reason, **how),
)
_move(
    "suspend",
    _("Suspend the case"),
    bodies.Suspended,
    lambda case, sent, how: suspend(case, ground=sent.ground, document=sent.document, reason=sent.reason, **how),
)
_move(
    "apologise",
    _("Apologise and set a new date"),
    bodies.Apologised,
    lambda case, sent, how: apologise(case, new_date=sent.new_date, reason=sent.reason, **how),
)
_move(
    "stop",
    _("Stop the case"),
    bodies.Stopped,
    lambda case, sent, how: stop(case, reason=sent.reason, refund=sent.refund, **how),
)
_move("amend", _("Correct the details"), bodies.Amended, _amend)
_move(
    "correct_result",
    _("Correct the result"),
    bodies.ResultMended,
    lambda case, sent, how: correct_result(case, reason=sent.reason, answers=sent.answers, **how),
)
_move(
    "revoke_result",
    _("Revoke the result"),
    bodies.ResultRevoked,
    lambda case, sent, how: revoke_result(case, reason=sent.reason, document=sent.document, **how),
)

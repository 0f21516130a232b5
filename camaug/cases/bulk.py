"""What can be done for many cases at once: each move is the very action that its own page calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.cases.actions.approve import approve
from camaug.cases.actions.assign import NotOfThisStep, assign
from camaug.cases.actions.hand_out import Receiver, hand_out, representatives_of
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.send_back import send_back
from camaug.cases.models import Case, Outcome
from camaug.kernel.actors import Actor

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """One case of a batch as its action needs it: the revision seen, the words said for all, who acts and when."""

    case: Case
    seen: int
    words: Words
    by: Actor
    at: datetime


def expected_receiver(case: Case, *, at: datetime) -> Receiver:
    """Who takes the result unless told otherwise: the person sent, a business's representative, the applicant."""
    if case.authorised_name:
        return Receiver(case.authorised_name, case.authorised_number)
    for head in representatives_of(case, at=at):
        return Receiver(head.person, head.number)
    return Receiver(case.applicant_name, case.applicant_number)


def position_in(words: Words) -> UUID:
    """The position that the words name; NotOfThisStep where they name none."""
    try:
        return UUID(words.get("to", ""))
    except ValueError:
        raise NotOfThisStep from None


DECISIONS = frozenset({"approve"})
"""Those that decide; whoever asks for one has shown lately who he is."""

MOVES: dict[str, Callable[[Turn], Case]] = {
    "receive": lambda t: receive(t.case.id, by=t.by, at=t.at, seen=t.seen),
    "hand_over": lambda t: hand_over(t.case.id, by=t.by, at=t.at, seen=t.seen, note=t.words.get("note", "")),
    "propose": lambda t: propose(
        t.case.id, Outcome.GRANTED, by=t.by, at=t.at, seen=t.seen, note=t.words.get("note", "")
    ),
    "approve": lambda t: approve(t.case.id, by=t.by, at=t.at, seen=t.seen, note=t.words.get("note", "")),
    "publish_result": lambda t: publish_result(t.case.id, by=t.by, at=t.at, seen=t.seen),
    "hand_out": lambda t: hand_out(t.case.id, expected_receiver(t.case, at=t.at), by=t.by, at=t.at, seen=t.seen),
    "send_back": lambda t: send_back(t.case.id, reason=t.words.get("reason", ""), by=t.by, at=t.at, seen=t.seen),
    "assign": lambda t: assign(t.case.id, to=position_in(t.words), by=t.by, at=t.at, seen=t.seen),
}
PRINT = "print"

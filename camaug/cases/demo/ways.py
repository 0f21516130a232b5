"""The way of a case of the longer procedures, step by step as its own process leads, to the end or to where it is held.

Held: `examining`, `asked`, `answered` at the first step, `consulted` while another agency is asked, `duty` while a tax
is owed, `proposed`, `granted`, `ready` where the case has come to the signature, the seal, the counter.
"""

from collections.abc import Generator
from datetime import datetime
from uuid import UUID

from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import hand_out
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.send_back import send_back
from camaug.cases.actions.supplement import supplement
from camaug.cases.bulk import expected_receiver
from camaug.cases.demo.citizens import Citizen
from camaug.cases.demo.hands import agree_to_draft, clerk, later, next_instant, officer, pay, turn
from camaug.cases.demo.stories import SLOW, Scene, Story, say_how_it_was
from camaug.cases.models import Case, Outcome
from camaug.catalogue.definition.process import CHOSEN, Step, StepKind
from camaug.catalogue.queries import definition

STOPS = {StepKind.APPROVE: "proposed", StepKind.PUBLISH: "granted", StepKind.RETURN: "ready"}
ASKING = ("asked", "answered", "supplemented")

type Leg = Generator[datetime, None, datetime | None]
"""A part of the way: gives the instant at which it ends, or None where the case is held."""


def carry_on(scene: Scene, case_id: UUID, who: Citizen, end: str, at: datetime) -> Story:
    """From the first examiner's desk to the result in hand."""
    came = yield from to_counter(scene, case_id, who, end, at)
    if came is not None:
        yield (came := next_instant(case_id, came, scene.share(0.5, 6)))
        _take(case_id, came)
        say_how_it_was(scene, case_id, who, end=end, at=came)


def to_counter(scene: Scene, case_id: UUID, who: Citizen, end: str, at: datetime) -> Leg:
    """To the counter where the result waits."""
    if end == "examining":
        return None
    slow = SLOW if end == "late" else 1.0
    yield (at := next_instant(case_id, at, scene.share(0.3, 0.8) * slow))
    came = (yield from _ask(scene, case_id, who, end, at)) if end in ASKING else at
    asked, back = set[str](), end != "sent_back"
    while came is not None:
        at, step = came, _step(case_id)
        if STOPS.get(step.kind) == end:
            return None
        if step.kind == StepKind.RETURN:
            return at
        if step.id not in asked and _asks(scene, step, end):
            asked.add(step.id)
            came = yield from _consult(scene, case_id, end, at)
            continue
        if step.kind == StepKind.APPROVE and not back:
            back = True
            send_back(case_id, reason=scene.words["reasons"]["sent_back_longer"], by=turn(case_id, at), at=at)
        else:
            _do(scene, case_id, step, end, at)
        yield (came := next_instant(case_id, at, scene.share(0.2, 0.8)))
    return None


def _asks(scene: Scene, step: Step, end: str) -> bool:
    """Whether another agency is asked in this step: always where the process needs it, usually else where there is
    nothing to choose.
    """
    foreseen = [one for one in step.consultations if not one.agency.startswith(CHOSEN)]
    needed = end in ("consulted", "duty") or any(one.required for one in foreseen)
    return bool(foreseen) and (needed or scene.steady or scene.chance.random() < 0.8)


def _ask(scene: Scene, case_id: UUID, who: Citizen, end: str, at: datetime) -> Leg:
    """Something is missing; the applicant brings it."""
    item = Item(**scene.said("supplements", _code(case_id)))
    request_supplement(case_id, [item], reason=item.reason, by=turn(case_id, at), at=at)
    if end == "asked":
        return None
    yield (at := next_instant(case_id, at, scene.share(0.5, 2)))
    supplement(case_id, by=who.actor, at=at, answer="Tôi đã bổ sung theo yêu cầu.")
    if end == "answered":
        return None
    yield (at := next_instant(case_id, at, scene.share(0.2, 0.8)))
    return at


def _consult(scene: Scene, case_id: UUID, end: str, at: datetime) -> Leg:
    """Another agency is asked and answers; what it says is owed is paid."""
    case = Case.objects.get(pk=case_id)
    (foreseen,) = definition(case.version_id).process.step(case.step).consultations
    consult(case_id, Question(text=foreseen.question, consultation=foreseen.id), by=turn(case_id, at), at=at)
    if end == "consulted":
        return None
    asked = case.consultations.get(state="ASKED")
    yield (at := later(asked.agency_id, at, float(foreseen.hours) * scene.share(0.2, 0.5)))
    said = scene.said("answers", foreseen.id)
    amount = _tax(case) if foreseen.duty else None
    reply = Answer(verdict=said["verdict"], text=said["text"], amount=amount)
    answer(case_id, asked.id, reply, by=officer(asked.role, asked.agency_id, at), at=at)
    if amount:
        if end == "duty":
            return None
        yield (at := later(case.receiving_agency_id, at, scene.share(4, 24)))
        number = f"GNT-{scene.chance.randint(1, 999_999):07d}"
        confirm_payment(case_id, way="TREASURY", document=number, by=clerk(case_id, at), at=at)
    yield (at := next_instant(case_id, at, scene.share(0.2, 0.5)))
    return at


def _tax(case: Case) -> int:
    """What a tax notice of the demo says: two percent and a half of the price, nothing for those who claim relief."""
    price = case.answers.get("price") or 0
    return price * 25 // 1000 if case.answers.get("relief") == "NONE" else 0


def _do(scene: Scene, case_id: UUID, step: Step, end: str, at: datetime) -> None:
    by, denied = turn(case_id, at), end == "denied"
    reason = _denial(scene, case_id) if denied else ""
    if step.kind == StepKind.PUBLISH:
        publish_result(case_id, by=by, at=at)
    elif step.kind == StepKind.APPROVE and denied:
        deny(case_id, reason=reason, by=by, at=at)
    elif step.kind == StepKind.APPROVE:
        approve(case_id, by=by, at=at)
    elif _leads_to_examination(case_id, step):
        hand_over(case_id, by=by, at=at)
    else:
        agree_to_draft(case_id, at)
        propose(case_id, Outcome.DENIED if denied else Outcome.GRANTED, by=by, at=at, note=reason)


def _denial(scene: Scene, case_id: UUID) -> str:
    reasons = scene.words["reasons"]["denied_longer"]
    return str(reasons.get(_code(case_id), reasons["others"]))


def _leads_to_examination(case_id: UUID, step: Step) -> bool:
    process = definition(Case.objects.get(pk=case_id).version_id).process
    return process.step(step.next[0]).kind == StepKind.EXAMINE


def _take(case_id: UUID, at: datetime) -> None:
    case = Case.objects.get(pk=case_id)
    pay(case_id, at)
    hand_out(case_id, expected_receiver(case, at=at), by=turn(case_id, at), at=at)


def _step(case_id: UUID) -> Step:
    case = Case.objects.get(pk=case_id)
    return definition(case.version_id).process.step(case.step)


def _code(case_id: UUID) -> str:
    return str(Case.objects.values_list("procedure__code", flat=True).get(pk=case_id))

"""What becomes of a case, as a generator: it yields the instant of its next move and is resumed when that has come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.approve import approve
from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.rate import rate
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.send_back import send_back
from camaug.cases.actions.serve import serve
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.actions.supplement import supplement
from camaug.cases.demo import contents
from camaug.cases.demo.citizens import Citizen, Citizens
from camaug.cases.demo.hands import agree_to_draft, later, next_instant, officer, pay, turn, who_holds
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Delivery, Outcome
from camaug.people.queries import AgencyView

BIRTH, SHOP, COPY = "dang-ky-khai-sinh", "dang-ky-ho-kinh-doanh", "chung-thuc-ban-sao"

SLOW = 8.0
"""How many times longer than usual the first step of a late case takes."""

type Story = Iterator[datetime]


@dataclass(frozen=True, slots=True)
class Scene:
    """What all stories share. `mood` decides who rates and how, apart from what becomes of the cases. In a `steady` one
    everything takes its middle time, so that a case stands now where it is meant to.
    """

    words: dict[str, Any]
    citizens: Citizens
    chance: Random
    mood: Random
    steady: bool = False

    def said(self, list_name: str, name: str) -> Any:
        """What the list of `demo.yaml` has under that name, or else what it has for `others`."""
        known = self.words[list_name]
        return known.get(name, known["others"])

    def share(self, least: float, most: float) -> float:
        """Something between the two, drawn or the middle."""
        return (least + most) / 2 if self.steady else self.chance.uniform(least, most)


def birth(scene: Scene, agency: AgencyView, end: str, at: datetime) -> Story:
    """A birth, sent from a phone."""
    mother = scene.citizens.make(agency, at=at, sex="FEMALE")
    case = start(BIRTH, by=mother.actor, at=at)
    answers = contents.birth(mother, scene.citizens, scene.words, scene.chance, at=at)
    if end == "draft":
        kept = dict(list(answers.items())[: scene.chance.randint(4, 12)])
        save(case.id, Changes(answers=kept), by=mother.actor, at=at)
        return
    save(case.id, Changes(answers=answers, receiving_agency=agency.id), by=mother.actor, at=at)
    paper = contents.scan("GIẤY CHỨNG SINH", mother.name)
    add_file(case.id, "giay-chung-sinh", content=paper, file_name="giay-chung-sinh.jpg", by=mother.actor, at=at)
    submit(case.id, by=mother.actor, at=at)
    if end == "submitted":
        return
    at = later(agency.id, at, scene.share(0.2, 1.2))
    yield at
    if end == "refused":
        refuse(case.id, reason=scene.words["reasons"]["refused"], by=officer("ONE_STOP_CLERK", agency.id, at), at=at)
        return
    clerk = officer("ONE_STOP_CLERK", agency.id, at)
    receive(case.id, by=clerk, at=at, forward=end != "received")
    if end != "received":
        yield from _on(scene, case.id, mother, end, at)


def shop(scene: Scene, agency: AgencyView, end: str, at: datetime) -> Story:
    """A household business, taken in at the district's counter with its fee."""
    owner = scene.citizens.make(agency, at=at)
    answers = contents.shop(owner, scene.words, scene.chance)
    taken = contents.intake(SHOP, agency, owner, answers, paid=end != "owing")
    case = register(taken, by=officer("ONE_STOP_CLERK", agency.id, at), at=at)
    yield from _on(scene, case.id, owner, end, at)


def copies(scene: Scene, agency: AgencyView, end: str, at: datetime) -> Story:
    """Certified copies, handed out on the spot."""
    owner = scene.citizens.make(agency, at=at)
    taken = contents.intake(COPY, agency, owner, contents.copies(owner, scene.words, scene.chance), paid=True)
    signer = who_holds("LEADER", agency.id, at)[0]
    case = serve(taken, signed_by=signer.id, by=officer("ONE_STOP_CLERK", agency.id, at), at=at)
    yield (at := at + timedelta(minutes=scene.mood.randint(2, 90)))
    say_how_it_was(scene, case.id, owner, end=end, at=at)


STORIES: dict[str, Callable[[Scene, AgencyView, str, datetime], Story]] = {BIRTH: birth, SHOP: shop, COPY: copies}


def _on(scene: Scene, case_id: UUID, who: Citizen, end: str, at: datetime) -> Story:
    """From the examiner's desk to the result in hand, or to where the case is held."""
    if end == "examining":
        return
    slow = SLOW if end == "late" else 1.0
    yield (at := next_instant(case_id, at, scene.share(0.3, 0.8) * slow))
    if end in ("asked", "answered", "supplemented"):
        procedure = Case.objects.values_list("procedure__code", flat=True).get(pk=case_id)
        item = Item(**scene.words["supplements"][procedure])
        request_supplement(case_id, [item], reason=item.reason, by=turn(case_id, at), at=at)
        if end == "asked":
            return
        yield (at := next_instant(case_id, at, scene.share(5, 10)))
        supplement(case_id, by=who.actor, at=at, answer="Tôi đã bổ sung theo yêu cầu.")
        if end == "answered":
            return
        yield (at := next_instant(case_id, at, scene.share(0.5, 2)))
    if end == "owing":
        ask_payment(case_id, by=turn(case_id, at), at=at)
        return
    agree_to_draft(case_id, at, who.actor)
    yield from _decide(scene, case_id, end, at)
    if Case.objects.filter(pk=case_id, state=State.HANDED_OUT).exists():
        say_how_it_was(scene, case_id, who, end=end, at=Delivery.objects.get(case_id=case_id).handed_out_at or at)


def _decide(scene: Scene, case_id: UUID, end: str, at: datetime) -> Story:
    reasons = scene.words["reasons"]
    case = Case.objects.select_related("procedure").get(pk=case_id)
    denial = reasons["denied_shop" if case.procedure.code == SHOP else "denied"]
    proposal = Outcome.DENIED if end == "denied" else Outcome.GRANTED
    propose(case_id, proposal, by=turn(case_id, at), at=at, note=denial if end == "denied" else "")
    if end == "proposed":
        return
    yield (at := next_instant(case_id, at, scene.share(0.2, 0.9)))
    if end == "sent_back":
        send_back(case_id, reason=reasons["sent_back"], by=turn(case_id, at), at=at)
        yield (at := next_instant(case_id, at, scene.share(0.2, 0.6)))
        propose(case_id, Outcome.GRANTED, by=turn(case_id, at), at=at)
        yield (at := next_instant(case_id, at, scene.share(0.2, 0.6)))
    if end == "denied":
        deny(case_id, reason=denial, by=turn(case_id, at), at=at)
    else:
        approve(case_id, by=turn(case_id, at), at=at)
    if end == "granted":
        return
    yield (at := next_instant(case_id, at, scene.share(0.3, 0.8)))
    publish_result(case_id, by=turn(case_id, at), at=at)
    if end == "ready":
        return
    yield (at := next_instant(case_id, at, scene.share(0.5, 6)))
    _pay_and_take(case_id, at)


def say_how_it_was(scene: Scene, case_id: UUID, who: Citizen, *, end: str, at: datetime) -> None:
    """Many say how they found it, the late served less kindly; some in words."""
    mood, words = scene.mood, scene.words["ratings"]
    if mood.random() < words["share"]:
        weights = words["late"] if end == "late" else words["usual"]
        said = mood.choices(list(weights), list(weights.values()))[0]
        text = mood.choice(words["words"][said]) if mood.random() < words["with_words"] else ""
        rate(case_id, said, words=text, by=who.actor, at=at)


def _pay_and_take(case_id: UUID, at: datetime) -> None:
    case = Case.objects.get(pk=case_id)
    pay(case_id, at)
    hand_out(case_id, Receiver(case.applicant_name, case.applicant_number), by=turn(case_id, at), at=at)

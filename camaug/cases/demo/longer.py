"""Stories of the longer procedures: through several agencies, with questions to others, in parts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.serve import serve
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.demo import contents, longer_contents
from camaug.cases.demo.citizens import Citizen
from camaug.cases.demo.hands import later, next_instant, officer, pay, turn, who_holds
from camaug.cases.demo.relations import certificate
from camaug.cases.demo.scenario_contents import of_a_scenario
from camaug.cases.demo.stories import Scene, Story, say_how_it_was
from camaug.cases.demo.ways import carry_on, to_counter
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.models import Case
from camaug.catalogue.definition.procedure import Applicant
from camaug.catalogue.queries import current, papers
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.ids import uuid7
from camaug.people.actions.prove_representation import prove_representation
from camaug.people.actions.register_business import register_business
from camaug.people.queries import AgencyView, BusinessView, business, directory

FAMILY = "khai-sinh-thuong-tru-bao-hiem-y-te"
CONTENTS: dict[str, Callable[[Citizen, Scene, datetime], dict[str, Any]]] = {
    "cap-phieu-ly-lich-tu-phap": longer_contents.record,
    "cap-giay-phep-xay-dung": longer_contents.house,
    "tro-cap-xa-hoi-hang-thang": longer_contents.allowance,
    "dang-ky-bien-dong-dat-dai": longer_contents.land,
    "dang-ky-ket-hon": longer_contents.marriage,
}
HELD_PART = {"examining": "examining", "proposed": "proposed"}
"""Where the birth stands in a family's application that is held early."""


def at_counter(procedure: str) -> Callable[[Scene, AgencyView, str, datetime], Story]:
    """The story of one procedure that is taken in over the counter with all its papers."""
    contents_of = CONTENTS.get(procedure) or of_a_scenario(procedure)

    def story(scene: Scene, agency: AgencyView, end: str, at: datetime) -> Story:
        who = scene.citizens.make(_lives_near(scene, agency, at), at=at)
        answers = contents_of(who, scene, at)
        while (scene.steady or end == "duty") and answers.get("relief") == "FAMILY":
            answers = contents_of(who, scene, at)
        taken = _intake(scene, procedure, agency, who, answers, at)
        if current(procedure, at.astimezone(LOCAL).date()).definition.process.immediate:
            yield from _on_the_spot(scene, taken, who, end, at)
            return
        case = register(taken, by=officer("ONE_STOP_CLERK", agency.id, at), at=at)
        yield from carry_on(scene, case.id, who, end, at)

    return story


def _on_the_spot(scene: Scene, taken: Intake, who: Citizen, end: str, at: datetime) -> Story:
    """Done while the applicant waits."""
    signer = who_holds("LEADER", taken.receiving_agency, at)[0]
    clerk = officer("ONE_STOP_CLERK", taken.receiving_agency, at)
    case = serve(taken, signed_by=signer.id, by=clerk, at=at)
    yield (at := at + timedelta(minutes=scene.mood.randint(2, 90)))
    say_how_it_was(scene, case.id, who, end=end, at=at)


def family(scene: Scene, agency: AgencyView, end: str, at: datetime) -> Story:
    """A newborn's three papers, sent from a phone: the birth first, then residence and insurance."""
    mother = scene.citizens.make(agency, at=at, sex="FEMALE")
    case = start(FAMILY, by=mother.actor, at=at)
    answers = longer_contents.family(mother, scene, at)
    if end == "draft":
        save(case.id, Changes(answers=dict(list(answers.items())[:9])), by=mother.actor, at=at)
        return
    save(case.id, Changes(answers=answers, receiving_agency=agency.id), by=mother.actor, at=at)
    paper = contents.scan("GIẤY CHỨNG SINH", mother.name)
    add_file(case.id, "giay-chung-sinh", content=paper, file_name="giay-chung-sinh.jpg", by=mother.actor, at=at)
    submit(case.id, by=mother.actor, at=at)
    if end == "submitted":
        return
    yield (at := later(agency.id, at, scene.share(0.2, 1.2)))
    receive(case.id, by=officer("ONE_STOP_CLERK", agency.id, at), at=at)
    for part in ("khai-sinh", "thuong-tru", "bao-hiem"):
        if (end, part) in {("parted", "thuong-tru"), ("half", "bao-hiem")}:
            return
        own = Case.objects.get(parent=case, part=part)
        came = yield from to_counter(scene, own.id, mother, HELD_PART.get(end, "done"), at)
        if came is None:
            return
        at = came
    if end == "ready":
        return
    yield (at := next_instant(case.id, at, scene.share(1, 4)))
    pay(case.id, at)
    hand_out(case.id, Receiver(mother.name, mother.number), by=turn(case.id, at), at=at)
    say_how_it_was(scene, case.id, mother, end=end, at=at)


LONGER: dict[str, Callable[[Scene, AgencyView, str, datetime], Story]] = {
    **{procedure: at_counter(procedure) for procedure in CONTENTS},
    FAMILY: family,
}


def _lives_near(scene: Scene, agency: AgencyView, at: datetime) -> AgencyView:
    """Whose place the applicant lives at: the office's, or for an office of the province some commune's."""
    if agency.level != "PROVINCE":
        return agency
    known = directory(at.astimezone(LOCAL).date()).of_kind("PEOPLES_COMMITTEE")
    return scene.chance.choice([one for one in known if one.level == "COMMUNE"])


def _intake(
    scene: Scene, procedure: str, agency: AgencyView, who: Citizen, answers: dict[str, Any], at: datetime
) -> Intake:
    on = at.astimezone(LOCAL).date()
    made = current(procedure, on).definition
    needs = [need.paper for need in papers(made, answers, on) if need.required and not need.replaced]
    firm = None if made.admits(Applicant.PERSON) else _firm_of(who, agency, at)
    return Intake(
        request_key=uuid7(),
        procedure=procedure,
        receiving_agency=agency.id,
        applicant=who.person_id,
        business=firm.id if firm else None,
        name=firm.name if firm else who.name,
        number="" if firm else who.number,
        phone=who.phone,
        address=who.home["text"],
        answers=answers,
        papers={paper.id: PaperTaken(originals=1) for paper in needs},
        payment_way="CASH" if made.fees else "",
        sums={rule.id: scene.said("sums", rule.id) for rule in made.fees if rule.verify},
    )


def _firm_of(who: Citizen, agency: AgencyView, at: datetime) -> BusinessView:
    """The company of a citizen, for what companies alone may apply for; the clerk has seen that he heads it."""
    made = register_business(
        f"Công ty TNHH {who.name}",
        phone=who.phone,
        address=who.home["text"],
        synthetic=True,
        by=SYSTEM,
        at=at,
    )
    prove_representation(
        made.id, person_id=who.person_id, evidence=certificate(who.name, at), by=_clerk(agency, at), at=at
    )
    return business(made.id)


def _clerk(agency: AgencyView, at: datetime) -> Actor:
    return officer("ONE_STOP_CLERK", agency.id, at)

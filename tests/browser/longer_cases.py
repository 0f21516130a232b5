"""Cases of the longer procedures on the running site, for journeys that begin in the middle: run beside it, on its database.

permit, land: a house, a piece of land, taken in at the counter. family: the mother's newborn, sent from her phone and
received. Each prints its code. on: the case, or each part of it, goes on by the hand whose turn it is, so many steps.
age: thirty days go by.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import F

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.approve import approve
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.demo.hands import agree_to_draft
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.models import Case, Extension, Outcome
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.queries import current, definition, papers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import now
from camaug.kernel.ids import uuid7
from camaug.people.profile.cast import read_cast
from camaug.people.queries import directory
from tests.applications import FAMILY, HOUSE, LAND, photo

COMMUNE, LAND_BRANCH = "H12.39.32245", "H12.22.39"
LONG = timedelta(days=30)
TIMES = ("submitted_at", "received_at", "original_due_at", "due_at", "step_due_at", "step_from_at", "urgent_at")


@cache
def officers() -> dict[str, str]:
    """The addresses of the cast's officers, by key."""
    return {key: who.email for key, who in read_cast(settings.PROFILE).officers.items()}


def cast(key: str) -> Actor:
    """An officer of the cast, now."""
    return actor_of(Account.objects.get(email=officers()[key]), at=now(), origin="test")


def turn(case: Case) -> Actor:
    """One of the cast whose turn the case is."""
    for key in officers():
        actor = cast(key)
        if Case.objects.held_by(actor).filter(pk=case.pk).exists() and actor.account_id != case.proposed_by:
            return actor
    raise LookupError(case.step)


def taken_in(procedure: str, agency: str, name: str, answers: dict[str, Any], clerk: str) -> str:
    """Somebody at the counter with every paper that the answers ask for."""
    made = current(procedure, now().date()).definition
    needs = papers(made, answers, now().date())
    intake = Intake(
        request_key=uuid7(),
        procedure=procedure,
        receiving_agency=directory(now().date()).by_code(agency).id,
        name=name,
        number="096085000654",
        phone="+84918000654",
        answers=answers,
        papers={need.paper.id: PaperTaken(originals=1) for need in needs if need.required},
        payment_way="CASH",
        sums={rule.id: 75_000 for rule in made.fees if rule.verify},
    )
    return register(intake, by=cast(clerk), at=now()).code or ""


def permit(_code: str) -> None:
    print(taken_in("cap-giay-phep-xay-dung", COMMUNE, "Huỳnh Thanh Tâm", HOUSE, "clerk"))


def land(_code: str) -> None:
    print(taken_in("dang-ky-bien-dong-dat-dai", LAND_BRANCH, "Huỳnh Thanh Tâm", LAND, "land_clerk"))


def family(_code: str) -> None:
    mother = actor_of(Account.objects.get(phone="+84918000123"), at=now(), origin="test")
    case = start("khai-sinh-thuong-tru-bao-hiem-y-te", by=mother, at=now())
    agency = directory(now().date()).by_code(COMMUNE).id
    born = (now() - timedelta(days=6)).date().isoformat()
    answers = FAMILY | {"child_birth_date": born}
    save(case.id, Changes(answers=answers, receiving_agency=agency), by=mother, at=now())
    paper = photo(secrets.choice(("white", "ivory", "linen")))
    add_file(case.id, "giay-chung-sinh", content=paper, file_name="giay-chung-sinh.jpg", by=mother, at=now())
    submit(case.id, by=mother, at=now())
    print(receive(case.id, by=cast("clerk"), at=now()).code)


def _proposed(case_id: Any, *, by: Actor, at: Any) -> Case:
    agree_to_draft(case_id, at)
    return propose(case_id, Outcome.GRANTED, by=by, at=at)


def step_on(case: Case) -> Case:
    """Do what the case's step is for."""
    process = definition(case.version_id).process
    step = process.step(case.step)
    decided_next = step.next and process.step(step.next[0]).kind in (StepKind.REVIEW, StepKind.APPROVE)
    onward: Callable[..., Case] = _proposed if decided_next else hand_over
    moves: dict[StepKind, Callable[..., Case]] = {StepKind.APPROVE: approve, StepKind.PUBLISH: publish_result}
    return moves.get(step.kind, onward)(case.id, by=turn(case), at=now())


def go_on(code: str, steps: str = "99", part: str = "") -> None:
    case = Case.objects.get(code=code)
    case = case.parts.get(part=part) if part else case
    for _n in range(int(steps)):
        if definition(case.version_id).process.step(case.step).kind == StepKind.RETURN:
            return
        case = step_on(case)


def birth_of(code: str) -> None:
    print(Case.objects.get(code=code).parts.get(part="khai-sinh").code)


def age(code: str) -> None:
    Case.objects.filter(code=code).update(**{name: F(name) - LONG for name in TIMES})
    given = ("due_before", "due_at", "given_at")
    Extension.objects.filter(case__code=code).update(**{name: F(name) - LONG for name in given})


def do(what: str, code: str = "", *more: str) -> None:
    {"permit": permit, "land": land, "family": family, "on": go_on, "birth-of": birth_of, "age": age}[what](code, *more)

"""Who helps whom in tests: the student Đặng Ngọc Ánh helps the elder Trần Thị Năm, who came to the commune's counter."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from camaug.behalf.actions.confirm_mandate import confirm_at_counter
from camaug.behalf.actions.propose_mandate import Wish, propose_mandate
from camaug.behalf.models import Act, Mandate, Relation
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.models import Case
from camaug.people.queries import person
from tests.applications import BIRTH, photo
from tests.world import AT, COMMUNE, World

HELPER, HELPED = "student", "elder"
ALL = tuple(Act)
BIRTHS = ("dang-ky-khai-sinh",)


def ask_to_help(world: World, *, acts: Collection[str] = ALL, days: int = 90, at: datetime = AT) -> Mandate:
    """What the helper asks for; nobody has confirmed it yet."""
    who = person(person_of(world, HELPED))
    wish = Wish(
        number=who.personal_number,
        name=who.full_name,
        relation=Relation.RELATIVE,
        procedures=BIRTHS,
        acts=acts,
        until_at=at + timedelta(days=days),
    )
    return propose_mandate(wish, by=world.citizen(HELPER), at=at)


def let_help(world: World, *, acts: Collection[str] = ALL, days: int = 90, at: datetime = AT) -> Mandate:
    """The same, confirmed at the counter."""
    asked = ask_to_help(world, acts=acts, days=days, at=at)
    return confirm_at_counter(asked.id, identity_paper="Căn cước 096164000987", by=world.officer("clerk"), at=at)


def begin_for_another(world: World, mandate: Mandate, *, at: datetime = AT) -> Case:
    """A birth that the helper has filled in for the elder, with its paper; not sent yet."""
    by = world.citizen(HELPER)
    draft = start("dang-ky-khai-sinh", mandate=mandate.id, by=by, at=at)
    save(draft.id, Changes(answers=BIRTH, receiving_agency=world.agencies[COMMUNE]), by=by, at=at)
    add_file(draft.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=by, at=at)
    return draft


def send_for_another(world: World, mandate: Mandate, *, at: datetime = AT) -> Case:
    """The same, sent by the helper."""
    return submit(begin_for_another(world, mandate, at=at).id, by=world.citizen(HELPER), at=at)


def person_of(world: World, key: str) -> UUID:
    """The person behind a citizen of the cast."""
    found = world.citizen(key).person_id
    assert found
    return found

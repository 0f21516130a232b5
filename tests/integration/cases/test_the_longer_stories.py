"""The demo's stories of the longer procedures come to where they are meant to stop, through real moves."""

from random import Random

import pytest
import yaml
from django.conf import settings

from camaug.cases.demo.citizens import Citizens
from camaug.cases.demo.longer import LONGER, at_counter
from camaug.cases.demo.stories import Scene
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.people.queries import directory
from tests.world import AT, CENTRE, COMMUNE, COMMUNE_POLICE, DISTRICT, LAND_BRANCH, World

RECORD, PERMIT, ALLOWANCE, LAND = (
    "cap-phieu-ly-lich-tu-phap",
    "cap-giay-phep-xay-dung",
    "tro-cap-xa-hoi-hang-thang",
    "dang-ky-bien-dong-dat-dai",
)
FAMILY = "khai-sinh-thuong-tru-bao-hiem-y-te"
TOLD_BY_SCENARIO = {
    "dang-ky-khai-tu": COMMUNE,
    "dang-ky-ket-hon": COMMUNE,
    "chung-thuc-chu-ky": COMMUNE,
    "cap-giay-phep-ban-le-ruou": DISTRICT,
    "dang-ky-thuong-tru": COMMUNE_POLICE,
    "dang-ky-tau-ca": CENTRE,
}
PLACES = {
    RECORD: CENTRE,
    PERMIT: COMMUNE,
    ALLOWANCE: COMMUNE,
    LAND: LAND_BRANCH,
    FAMILY: COMMUNE,
    **TOLD_BY_SCENARIO,
}
EVERYWHERE = {
    "examining": State.IN_PROCESS,
    "asked": State.SUPPLEMENT_REQUESTED,
    "answered": State.SUPPLEMENTED,
    "proposed": State.IN_PROCESS,
    "granted": State.GRANTED,
    "ready": State.RESULT_READY,
    "done": State.HANDED_OUT,
    "supplemented": State.HANDED_OUT,
    "sent_back": State.HANDED_OUT,
    "denied": State.HANDED_OUT,
}
OF_FAMILIES = {
    "draft": State.DRAFT,
    "submitted": State.SUBMITTED,
    "examining": State.IN_PROCESS,
    "proposed": State.IN_PROCESS,
    "parted": State.IN_PROCESS,
    "half": State.IN_PROCESS,
    "ready": State.RESULT_READY,
    "done": State.HANDED_OUT,
}
TABLE = [
    *((procedure, end, state) for procedure in (RECORD, PERMIT, ALLOWANCE, LAND) for end, state in EVERYWHERE.items()),
    (RECORD, "consulted", State.IN_PROCESS),
    (PERMIT, "consulted", State.IN_PROCESS),
    (LAND, "consulted", State.SUSPENDED),
    (LAND, "duty", State.FINANCIAL_DUTY),
    *((FAMILY, end, state) for end, state in OF_FAMILIES.items()),
    *((procedure, end, State.HANDED_OUT) for procedure in TOLD_BY_SCENARIO for end in ("done", "late")),
    ("dang-ky-khai-tu", "denied", State.HANDED_OUT),
    ("dang-ky-tau-ca", "supplemented", State.HANDED_OUT),
]


def played(world: World, procedure: str, end: str, *, seed: int = 1) -> Case:
    """The case of one story, told to its end."""
    profile, chance = settings.PROFILE, Random(seed)
    words = yaml.safe_load((profile / "demo.yaml").read_text("utf-8"))
    names = yaml.safe_load((profile / "names.yaml").read_text("utf-8"))
    scene = Scene(words, Citizens(names, words["hamlets"], chance), chance, Random(seed))
    agency = directory(AT.date()).get(world.agencies[PLACES[procedure]])
    story = LONGER.get(procedure) or at_counter(procedure)
    for _instant in story(scene, agency, end, AT):
        pass
    return Case.objects.get(procedure__code=procedure, parent__isnull=True)


@pytest.mark.parametrize(("procedure", "end", "state"), TABLE)
def test_a_story_stops_where_it_is_meant_to(world: World, procedure: str, end: str, state: State) -> None:
    case = played(world, procedure, end)
    assert case.state == state
    if state == State.HANDED_OUT:
        assert case.outcome == (Outcome.DENIED if end == "denied" else Outcome.GRANTED)


@pytest.mark.parametrize(
    ("end", "parts"),
    [
        ("examining", ["IN_PROCESS"]),
        ("parted", ["RESULT_READY", "IN_PROCESS", "IN_PROCESS"]),
        ("done", ["HANDED_OUT"] * 3),
    ],
)
def test_a_family_s_parts_stand_where_the_story_leaves_them(world: World, end: str, parts: list[str]) -> None:
    case = played(world, FAMILY, end)
    order = ["khai-sinh", "thuong-tru", "bao-hiem"]
    states = sorted((order.index(part.part), part.state) for part in case.parts.all())
    assert [state for _place, state in states] == parts

"""The demo shows who represents whom, what is only said, and an officer who is kept out of a case of his own."""

from django.conf import settings

from camaug.cases.demo.relations import COPIES, load_demo
from camaug.cases.models import Case
from camaug.cases.policy import OWN_CASE, PERMISSIONS
from camaug.people.models import Business
from camaug.people.queries import relations_of_business
from tests.world import AT, World


def test_the_demo_has_a_proven_one_a_said_one_and_an_own_case(world: World) -> None:
    for _twice in range(2):
        load_demo(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    firm = Business.objects.get()
    assert [one.state for one in relations_of_business(firm.id, at=AT)] == ["IN_FORCE", "DECLARED"]
    assert world.citizen("shopkeeper").represents == {firm.id}
    assert not world.citizen("student").represents
    case = Case.objects.get(procedure__code=COPIES)
    himself, clerk = world.officer("specialist"), world.officer("clerk")
    for permission in PERMISSIONS.values():
        assert permission.refusal(himself, case) == str(OWN_CASE), permission.code
        assert permission.refusal(clerk, case) != str(OWN_CASE), permission.code

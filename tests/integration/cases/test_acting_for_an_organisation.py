"""Who acts for an organisation is proven to represent it at that moment: every act by every state of the relation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.discard import discard
from camaug.cases.actions.drop_withdrawal import drop_withdrawal
from camaug.cases.actions.rate import rate
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case
from camaug.cases.models.case import seen_by
from camaug.cases.queries import draft_of, file_of, my_cases, progress_of
from camaug.cases.subscribers.telling import applicant_of
from camaug.cases.unseen import NotRepresenting
from camaug.catalogue.queries import papers
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.people.actions.declare_representation import declare_representation
from camaug.people.actions.end_representation import end_representation
from camaug.people.actions.register_business import register_business
from camaug.people.models import Business
from camaug.people.representing import Representation
from tests.applications import HOUSE, real
from tests.callers import program_of
from tests.helping import let_help
from tests.papers import photo
from tests.representing import clerk_of, prove
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

PROCEDURE, PAPER = "cap-giay-phep-xay-dung", "giay-to-dat"
DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Scene:
    """The mother's company with a draft and a case that she sent, and the student, of whom the table speaks."""

    world: World
    firm: Business
    draft: UUID
    sent: UUID
    file: UUID

    @property
    def student(self) -> Actor:
        """As he stands at this moment."""
        return self.world.citizen("student")

    @property
    def student_id(self) -> UUID:
        """The person."""
        found = self.student.person_id
        assert found
        return found


def nothing(_scene: Scene) -> None:
    """No relation at all."""


def declared(scene: Scene) -> None:
    """He says so."""
    declare_representation(scene.firm.id, person_id=scene.student_id, capacity="LEGAL", by=scene.student, at=AT)


def declared_by_a_clerk(scene: Scene) -> None:
    """A clerk was told so."""
    declare_representation(scene.firm.id, person_id=scene.student_id, capacity="LEGAL", by=clerk_of(), at=AT)


def proven(scene: Scene) -> None:
    """A clerk has seen that he heads it too: two at once."""
    prove(scene.firm.id, scene.student_id)


def empowered(scene: Scene) -> None:
    """A clerk has seen the paper by which he is empowered, until today."""
    prove(scene.firm.id, scene.student_id, capacity="EMPOWERED", until_date=TODAY)


def ended(scene: Scene) -> None:
    """An officer has ended it."""
    proven(scene)
    relation = Representation.objects.get(person_id=scene.student_id)
    end_representation(relation.pk, reason="Thôi chức", by=clerk_of(), at=AT)


def given_up(scene: Scene) -> None:
    """He has given it up."""
    proven(scene)
    relation = Representation.objects.get(person_id=scene.student_id)
    end_representation(relation.pk, by=scene.student, at=AT)


def not_yet_begun(scene: Scene) -> None:
    """It begins tomorrow."""
    prove(scene.firm.id, scene.student_id, from_date=TODAY + DAY)


def over(scene: Scene) -> None:
    """Its last day was yesterday."""
    prove(scene.firm.id, scene.student_id, at=AT - 9 * DAY, capacity="EMPOWERED", until_date=TODAY - DAY)


def of_another(scene: Scene) -> None:
    """He heads another company."""
    other = register_business("Công ty TNHH Khác", tax_code="2001230105", by=SYSTEM, at=AT)
    prove(other.id, scene.student_id)


def by_word_alone(scene: Scene) -> None:
    """The person heads it; the account only says to be that person."""
    proven(scene)
    Account.objects.filter(pk=scene.student.account_id).update(linkage="DECLARED")


STATES: dict[Callable[[Scene], None], type[DomainError] | None] = {
    nothing: NotFound,
    declared: NotRepresenting,
    declared_by_a_clerk: NotRepresenting,
    proven: None,
    empowered: None,
    ended: NotRepresenting,
    given_up: NotRepresenting,
    not_yet_begun: NotRepresenting,
    over: NotRepresenting,
    of_another: NotFound,
    by_word_alone: NotFound,
}
"""What whoever is in that state is told of the company's cases; None: he acts. To begin one all the others are told
that they do not represent it, whether or not there is such a company.
"""


def begin(scene: Scene, by: Actor) -> None:
    start(PROCEDURE, by=by, at=AT, business=scene.firm.id)


def read_draft(scene: Scene, by: Actor) -> None:
    assert draft_of(scene.draft, by, on=TODAY).case.business_id == scene.firm.id


def fill(scene: Scene, by: Actor) -> None:
    save(scene.draft, Changes(answers={"floors": 3}), by=by, at=AT)


def add_paper(scene: Scene, by: Actor) -> None:
    add_file(scene.draft, PAPER, content=photo("blue"), file_name="b.jpg", by=by, at=AT)


def send(scene: Scene, by: Actor) -> None:
    assert submit(scene.draft, by=by, at=AT).code


def throw_away(scene: Scene, by: Actor) -> None:
    discard(scene.draft, by=by, at=AT)


def follow(scene: Scene, by: Actor) -> None:
    assert progress_of(scene.sent, by, at=AT).case.code


def read_paper(scene: Scene, by: Actor) -> None:
    assert file_of(scene.sent, scene.file, by)


def supplement_it(scene: Scene, by: Actor) -> None:
    items = [Item(PAPER, "Giấy tờ", "Mờ")]
    request_supplement(scene.sent, items, reason="Thiếu", by=clerk_of(), at=AT)
    add_file(scene.sent, PAPER, content=photo("red"), file_name="c.jpg", by=by, at=AT)
    supplement(scene.sent, by=by, at=AT)


def withdraw(scene: Scene, by: Actor) -> None:
    ask_withdrawal(scene.sent, reason="Thôi", by=by, at=AT)


def go_on(scene: Scene, by: Actor) -> None:
    ask_withdrawal(scene.sent, reason="Thôi", by=scene.world.citizen("mother"), at=AT)
    drop_withdrawal(scene.sent, by=by, at=AT)


def say_how_it_was(scene: Scene, by: Actor) -> None:
    refuse(scene.sent, reason="Sai nơi", by=clerk_of(), at=AT)
    rate(scene.sent, "SATISFIED", by=by, at=AT)


ACTS: tuple[Callable[[Scene, Actor], None], ...] = (
    begin, read_draft, fill, add_paper, send, throw_away, follow, read_paper, supplement_it, withdraw, go_on,
    say_how_it_was,
)  # fmt: skip


@pytest.fixture
def scene(world: World) -> Scene:
    """A draft and a case of the mother's, whose own relation is proven."""
    firm = register_business(
        "Công ty TNHH Tôm Năm Căn", tax_code="0100109106", phone="0918000999", by=SYSTEM, at=AT - 10 * DAY
    )
    prove(firm.id, world.citizen("mother").person_id)
    mother = world.citizen("mother")
    draft, sent = (drafted(world, mother, firm) for _ in range(2))
    submit(sent.id, by=mother, at=AT)
    file = sent.files.latest("added_at")
    return Scene(world, firm, draft.id, sent.id, file.id)


def drafted(world: World, by: Actor, firm: Business) -> Case:
    """With everything that its answers call for."""
    case = start(PROCEDURE, by=by, at=AT, business=firm.id)
    changes = Changes(answers=HOUSE, receiving_agency=world.agencies[COMMUNE], phone="+84918000123")
    save(case.id, changes, by=by, at=AT)
    for need in papers(real(PROCEDURE), HOUSE, TODAY):
        if need.to_file:
            add_file(case.id, need.paper.id, content=photo(), file_name="anh.jpg", by=by, at=AT)
    return case


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", list(STATES), ids=[state.__name__ for state in STATES])
def test_every_act_in_every_state_of_the_relation(scene: Scene, state: Callable[[Scene], None]) -> None:
    state(scene)
    student, refusal = scene.student, STATES[state]
    assert (scene.firm.id in student.represents) == (refusal is None)
    for act in ACTS:
        with undone():
            if refusal is None:
                act(scene, student)
                continue
            with pytest.raises(NotRepresenting if act is begin else refusal):
                act(scene, student)
    mine = {row.id for row in my_cases(student, at=AT)}
    assert mine == ({scene.draft, scene.sent} if refusal is None else set())


@pytest.mark.parametrize("state", list(STATES), ids=[state.__name__ for state in STATES])
def test_the_statement_by_hand_sees_what_the_query_sees(scene: Scene, state: Callable[[Scene], None]) -> None:
    state(scene)
    own = start("dang-ky-khai-sinh", by=scene.student, at=AT)
    for who in (scene.student, scene.world.citizen("mother")):
        condition, values = seen_by(who)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT c.id FROM cases_case c WHERE {condition}", values)
            by_hand = {row[0] for row in cursor.fetchall()}
        assert by_hand == set(Case.objects.visible_to(who).values_list("pk", flat=True))
        assert (own.id in by_hand) == (who.account_id == scene.student.account_id)


def test_who_began_a_case_is_out_of_it_when_the_relation_ends(scene: Scene) -> None:
    """What he sent stays the organisation's, is told to who represents it now, and nothing of it to him."""
    mother, relation = scene.world.citizen("mother"), Representation.objects.get()
    case = Case.objects.get(pk=scene.sent)
    assert applicant_of(case, at=AT).account_id == mother.account_id
    proven(scene)
    end_representation(relation.pk, reason="Đổi giám đốc", by=clerk_of(), at=AT)
    mother = scene.world.citizen("mother")
    for act in ACTS:
        with undone(), pytest.raises(NotRepresenting):
            act(scene, mother) if act is not go_on else drop_withdrawal(scene.sent, by=mother, at=AT)
    assert my_cases(mother, at=AT) == ()
    told = applicant_of(case, at=AT)
    assert (told.account_id, told.phone) == (scene.student.account_id, "+84918000999")
    given_up_by_both = Representation.objects.get(person_id=scene.student_id)
    end_representation(given_up_by_both.pk, by=scene.student, at=AT)
    told = applicant_of(case, at=AT)
    assert (told.account_id, told.phone) == (None, "+84918000999")


@pytest.mark.parametrize(
    ("state", "status"), [(nothing, 404), (declared, 403), (proven, 200), (ended, 403), (by_word_alone, 404)]
)
def test_pages_and_programs_say_the_same(scene: Scene, state: Callable[[Scene], None], status: int) -> None:
    state(scene)
    program, browser = program_of(scene.student), Client()
    enter(browser, Account.objects.get(pk=scene.student.account_id))
    pages = [browser.get(f"/my-cases/{scene.sent}/"), browser.get(f"/my-cases/{scene.sent}/files/{scene.file}/")]
    calls = [program.get(f"/own-cases/{scene.sent}"), program.get(f"/own-cases/{scene.draft}")]
    assert {answer.status_code for answer in (*pages, *calls)} == {status}
    if status == 403:
        assert "Tổ chức tôi đại diện" in pages[0].content.decode()
        assert all(str(NotRepresenting()) in call.json().values() for call in calls)
    begun = program.post("/own-cases", {"procedure": PROCEDURE, "business_id": str(scene.firm.id)})
    assert begun.status_code == (201 if status == 200 else 403)


def test_a_helper_does_not_help_an_organisation(scene: Scene) -> None:
    mandate = let_help(scene.world)
    prove(scene.firm.id, scene.student_id)
    with pytest.raises(NotFound):
        start(PROCEDURE, by=scene.student, at=AT, business=scene.firm.id, mandate=mandate.id)

"""Every state, every move, every sort of person: who may make it is written here once more, as people would say it."""

from dataclasses import dataclass, field, replace
from itertools import product
from uuid import UUID, uuid4

import pytest

from camaug.cases.lifecycle import LIFECYCLE, State
from camaug.cases.models import Case, Consultation
from camaug.cases.policy import CONSULTED, OWN_CASE, PERMISSIONS, UNRECOGNISED, is_own
from camaug.kernel.actors import ANONYMOUS, SYSTEM, Actor, ActorKind, Post
from camaug.kernel.errors import NotAllowed
from camaug.kernel.lifecycle import WrongState

NUMBER_OF_NONE = "096090000001"
"""Of an officer who has nothing to do with any case here as a citizen."""
RECEIVING, COMPETENT, ASKED, ELSEWHERE = (UUID(int=n) for n in (1, 2, 3, 4))


def officer(unit: UUID, *roles: str) -> Actor:
    post = Post(id=uuid4(), unit_id=unit, title="", roles=frozenset(roles))
    return Actor(kind=ActorKind.STAFF, account_id=uuid4(), posts=(post,), own=frozenset({NUMBER_OF_NONE}))


def citizen() -> Actor:
    return Actor(kind=ActorKind.PUBLIC, account_id=uuid4(), person_id=uuid4())


@dataclass(frozen=True)
class Cast:
    """A case lies with a specialist of the competent agency, who has just passed it on to himself, so to speak."""

    owner: Actor = field(default_factory=citizen)
    neighbour: Actor = field(default_factory=citizen)
    clerk: Actor = field(default_factory=lambda: officer(RECEIVING, "ONE_STOP_CLERK"))
    one_stop_head: Actor = field(default_factory=lambda: officer(RECEIVING, "ONE_STOP_HEAD"))
    holder: Actor = field(default_factory=lambda: officer(COMPETENT, "SPECIALIST"))
    colleague: Actor = field(default_factory=lambda: officer(COMPETENT, "REGISTRAR"))
    head: Actor = field(default_factory=lambda: officer(COMPETENT, "UNIT_HEAD"))
    asked: Actor = field(default_factory=lambda: officer(ASKED, "SPECIALIST"))
    stranger: Actor = field(default_factory=lambda: officer(ELSEWHERE, "SPECIALIST", "LEADER", "ONE_STOP_CLERK"))
    administrator: Actor = field(default_factory=lambda: officer(ELSEWHERE, "ADMINISTRATOR"))
    system: Actor = SYSTEM
    nobody: Actor = ANONYMOUS


CAST = Cast()
PERSONS = list(Cast.__dataclass_fields__)
INSIDE = {"clerk", "one_stop_head", "holder", "colleague", "head", "asked"}

# move: who may make it in the case below, where the state allows it
WHO: dict[str, set[str]] = {
    "submit": {"owner", "clerk"},
    "receive": {"holder"},
    "refuse": {"holder"},
    "request_supplement": {"holder"},
    "supplement": {"owner", "clerk"},
    "show_draft": {"holder"},
    "answer_draft": {"owner", "clerk"},
    "assign": {"holder", "head"},
    "hand_over": {"holder"},
    "propose": {"holder"},
    "approve": {"holder"},
    "deny": {"holder"},
    "send_back": {"holder"},
    "ask_payment": {"holder"},
    "confirm_payment": {"clerk"},
    "pay_back": {"clerk"},
    "publish_result": {"holder"},
    "hand_out": {"holder", "system"},  # by itself where the post has delivered it
    "take_back": {"colleague"},
    "consult": {"holder"},
    "answer": INSIDE,  # and the question itself says whose it is
    "withdraw_question": {"holder"},
    "suspend": {"holder"},
    "resume": {"holder"},
    "apologise": {"head", "one_stop_head"},
    "ask_withdrawal": {"owner", "clerk"},
    "drop_withdrawal": {"owner", "clerk"},
    "stop": {"clerk", "holder", "head", "system"},  # by itself where the process says what silence means
    "complete": {"system"},
    "amend": {"clerk", "holder"},
    "correct_result": {"head"},
    "revoke_result": {"head"},
    "reopen": {"head", "one_stop_head"},
}


def case_in(state: State) -> Case:
    return Case(
        state=state,
        account_id=CAST.owner.account_id,
        receiving_agency_id=RECEIVING,
        competent_agency_id=COMPETENT,
        decided_unit_id=COMPETENT,
        holder_unit_id=COMPETENT,
        holder_role="SPECIALIST",
        participants=[RECEIVING, COMPETENT, ASKED],
        moved_by=CAST.colleague.account_id,
        last_move="hand_over",
    )


def test_every_move_is_spoken_of() -> None:
    assert set(WHO) == {move.name for move in LIFECYCLE.moves}


@pytest.mark.parametrize("state", list(State))
def test_who_may_make_which_move(state: State) -> None:
    case = case_in(state)
    for move, person in product(WHO, PERSONS):
        permission = PERMISSIONS[LIFECYCLE.move(move).needs]
        allowed = permission.allows(getattr(CAST, person), case)
        assert allowed == (person in WHO[move]), (move, person)
        if state not in LIFECYCLE.move(move).sources:
            with pytest.raises(WrongState):
                LIFECYCLE.after(move, state)


# how a case is somebody's own: what it then says of him
NUMBER, PERSON, BUSINESS = "096090000123", UUID(int=11), UUID(int=12)
OWN: dict[str, dict[str, object]] = {
    "applies": {"applicant_id": PERSON},
    "applies at a counter that knows the number alone": {"applicant_number": NUMBER},
    "represents the business": {"applicant_id": UUID(int=13), "business_id": BUSINESS},
    "represents a business of which the tax code was typed": {"applicant_number": "2001234567"},
    "is sent by the applicant": {"authorised_number": NUMBER},
    "helps the applicant under a mandate": {"helper_number": NUMBER},
}
HIS = frozenset({NUMBER, str(PERSON), str(BUSINESS), "2001234567"})


def own_case_in(state: State, facts: dict[str, object]) -> Case:
    case = case_in(state)
    for name, value in facts.items():
        setattr(case, name, value)
    return case


def acting(person: str, case: Case) -> Actor:
    """Who owns the case of a business is whoever represents it."""
    found: Actor = getattr(CAST, person)
    is_its = person == "owner" and case.business_id is not None
    return replace(found, represents=frozenset({BUSINESS})) if is_its else found


@pytest.mark.parametrize("how", list(OWN))
@pytest.mark.parametrize("state", list(State))
def test_nobody_moves_their_own_case_in_whatever_post_and_colleagues_may(state: State, how: str) -> None:
    case = own_case_in(state, OWN[how])
    for move, person in product(WHO, PERSONS):
        permission, actor = PERMISSIONS[LIFECYCLE.move(move).needs], acting(person, case)
        assert permission.allows(actor, case) == (person in WHO[move]), (move, person)
        if actor.kind == ActorKind.STAFF:
            himself = replace(actor, own=HIS)
            assert permission.refusal(himself, case) == str(OWN_CASE), (move, person)
            with pytest.raises(NotAllowed, match=str(OWN_CASE)):
                permission.check(himself, case)


def test_no_permission_over_a_case_can_be_had_without_that_bar() -> None:
    assert {permission.code for permission in PERMISSIONS.values() if permission.bar is None} == set()
    asked = Consultation(case=own_case_in(State.IN_PROCESS, OWN["applies"]), agency_id=ASKED)
    assert CONSULTED.allows(CAST.asked, asked)
    assert CONSULTED.refusal(replace(CAST.asked, own=HIS), asked) == str(OWN_CASE)


def test_of_whom_nothing_is_known_nothing_is_his_own() -> None:
    for facts in ({}, {"applicant_number": ""}, {"applicant_number": "", "authorised_number": ""}):
        assert not is_own(frozenset(), own_case_in(State.IN_PROCESS, facts))
        assert not is_own(HIS, own_case_in(State.IN_PROCESS, facts))


DECISIONS = {"approve", "deny", "correct_result", "revoke_result", "reopen"}


@pytest.mark.parametrize("state", list(State))
def test_of_whom_nobody_knows_who_he_is_decides_nothing_and_is_told_why(state: State) -> None:
    case = case_in(state)
    for move, person in product(WHO, PERSONS):
        permission, actor = PERMISSIONS[LIFECYCLE.move(move).needs], replace(getattr(CAST, person), own=frozenset())
        may = person in WHO[move]
        told = "" if may else str(permission.sentence)
        if may and move in DECISIONS and actor.kind == ActorKind.STAFF:
            told = str(UNRECOGNISED)
        assert (permission.refusal(actor, case), permission.allows(actor, case)) == (told, not told), (move, person)


def test_nobody_decides_what_they_proposed_nor_takes_back_twice() -> None:
    case = case_in(State.IN_PROCESS)
    case.proposed_by = CAST.holder.account_id
    assert not PERMISSIONS["cases.decide"].allows(CAST.holder, case)
    case.last_move = "take_back"
    assert not PERMISSIONS["cases.take_back"].allows(CAST.colleague, case)


def test_a_case_assigned_to_one_is_not_the_turn_of_another() -> None:
    case = case_in(State.IN_PROCESS)
    case.assignee_id = uuid4()
    assert not PERMISSIONS["cases.hold"].allows(CAST.holder, case)
    case.assignee_id = CAST.holder.posts[0].id
    assert PERMISSIONS["cases.hold"].allows(CAST.holder, case)

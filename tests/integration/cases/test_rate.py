"""A rating is the applicant's own, freely given, changeable for a month; no move of a case ever asks for it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.rate import CHANGEABLE, NotYetSettled, RatingStands, rate, rate_as_holder
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.serve import serve
from camaug.cases.lifecycle import RATEABLE, State
from camaug.cases.models import Case, Rating
from camaug.kernel.actors import ANONYMOUS
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.people.queries import holders
from tests.applications import carry, copy_intake, send_birth, shop_intake
from tests.world import AT, COMMUNE, World

ABOUT_RATINGS = {"rate", "hide_rating_words", "show_rating_words"}


def said(case: Case) -> list[str]:
    rows = EventRecord.objects.filter(subject_id=case.id, name="cases.CaseRated").order_by("id")
    return [row.facts["satisfaction"] for row in rows]


def test_the_mother_rates_her_case_once_the_result_is_there(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    rate(case.id, "VERY_SATISFIED", words=" Nhanh, cô tiếp nhận nhẹ nhàng. ", by=world.citizen("mother"), at=AT)
    rating = Rating.objects.get(case=case)
    assert (rating.satisfaction, rating.words) == ("VERY_SATISFIED", "Nhanh, cô tiếp nhận nhẹ nhàng.")
    assert said(case) == ["VERY_SATISFIED"]


def test_the_event_holds_none_of_the_words(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    rate(case.id, "NOT_SATISFIED", words="Chờ lâu quá", by=world.citizen("mother"), at=AT)
    event = EventRecord.objects.get(name="cases.CaseRated")
    assert "Chờ lâu" not in str(event.facts)
    assert event.actor_name == ""


@pytest.mark.parametrize("way", ["handed out unrated", "handed out rated badly"])
def test_the_result_is_handed_out_whether_rated_or_not(world: World, way: str) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    if way.endswith("badly"):
        rate(case.id, "NOT_SATISFIED", by=world.citizen("mother"), at=AT)
    case = hand_out(case.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=AT, seen=case.revision)
    assert case.state == State.HANDED_OUT


def test_no_move_of_a_case_knows_of_ratings() -> None:
    moves = [
        path for path in Path(settings.BASE_DIR, "camaug/cases/actions").glob("*.py") if path.stem not in ABOUT_RATINGS
    ]
    moves += [Path(settings.BASE_DIR, "camaug/cases", name) for name in ("moves.py", "lifecycle.py", "routing.py")]
    for path in moves:
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        words = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert not {"Rating", "rating", "CaseRated", "satisfaction"} & (names | words), path.name


def test_it_is_changed_within_a_month_and_stands_after_it(world: World) -> None:
    case, mother = carry(world, send_birth(world), to="RETURN"), world.citizen("mother")
    rate(case.id, "NOT_SATISFIED", words="Chờ lâu", by=mother, at=AT)
    rate(case.id, "SATISFIED", by=mother, at=AT + CHANGEABLE)
    rating = Rating.objects.get(case=case)
    assert (rating.satisfaction, rating.words, rating.rated_at) == ("SATISFIED", "", AT)
    with pytest.raises(RatingStands):
        rate(case.id, "VERY_SATISFIED", by=mother, at=AT + CHANGEABLE + timedelta(seconds=1))
    assert said(case) == ["NOT_SATISFIED", "SATISFIED"]


def test_the_same_word_again_is_no_new_fact(world: World) -> None:
    case, mother = carry(world, send_birth(world), to="RETURN"), world.citizen("mother")
    for _time in range(2):
        rate(case.id, "SATISFIED", by=mother, at=AT)
    assert said(case) == ["SATISFIED"]


def test_whoever_holds_the_code_and_the_digits_rates_without_an_account(world: World) -> None:
    intake = copy_intake(world)
    signer = holders("LEADER", world.agencies[COMMUNE], AT)[0]
    case = serve(intake, signed_by=signer.id, by=world.officer("clerk"), at=AT)
    rate_as_holder(str(case.code), "0321", "VERY_SATISFIED", by=ANONYMOUS, at=AT)
    assert Rating.objects.get(case=case).satisfaction == "VERY_SATISFIED"
    for code, fact in ((str(case.code), "9999"), ("H12.39.32245-261123-9999", "0321")):
        with pytest.raises(NotFound):
            rate_as_holder(code, fact, "NOT_SATISFIED", by=ANONYMOUS, at=AT)


def test_only_the_applicant_rates(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    with pytest.raises(NotAllowed):
        rate(case.id, "VERY_SATISFIED", by=world.officer("clerk"), at=AT)
    with pytest.raises(NotAllowed):
        rate_as_holder(str(case.code), "0123", "VERY_SATISFIED", by=world.officer("clerk"), at=AT)
    for stranger in (world.citizen("student"), world.officer("other_clerk"), ANONYMOUS):
        with pytest.raises(NotFound):
            rate(case.id, "VERY_SATISFIED", by=stranger, at=AT)


def test_a_case_under_way_is_not_rated_yet_and_a_refused_one_may_be(world: World) -> None:
    case, mother = send_birth(world), world.citizen("mother")
    with pytest.raises(NotYetSettled):
        rate(case.id, "SATISFIED", by=mother, at=AT)
    refuse(case.id, reason="Không thuộc thẩm quyền.", by=world.officer("clerk"), at=AT)
    rate(case.id, "NOT_SATISFIED", by=mother, at=AT)
    assert {State.REFUSED, State.STOPPED, State.RESULT_READY, State.HANDED_OUT, State.REVOKED} == RATEABLE


@pytest.mark.parametrize(("satisfaction", "words", "field"), [("", "", "satisfaction"), ("GREAT", "", "satisfaction")])
def test_an_answer_is_one_of_three(world: World, satisfaction: str, words: str, field: str) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    with pytest.raises(InvalidInput) as wrong:
        rate(case.id, satisfaction, words=words, by=world.citizen("mother"), at=AT)
    assert set(wrong.value.errors) == {field}


def test_words_have_an_end(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    with pytest.raises(InvalidInput) as wrong:
        rate(case.id, "SATISFIED", words="a" * 1001, by=world.citizen("mother"), at=AT)
    assert set(wrong.value.errors) == {"words"}


def test_a_rating_moves_nothing_under_an_officers_hand(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    before = Case.objects.get(pk=case.id)
    rate(case.id, "SATISFIED", by=world.citizen("mother"), at=AT)
    after = Case.objects.get(pk=case.id)
    assert (after.revision, after.state, after.moved_at) == (before.revision, before.state, before.moved_at)


def test_a_debt_is_no_bar_to_an_honest_word(world: World) -> None:
    """A case of the counter belongs to nobody's account: its code and a digit are enough, when it has ended."""
    case = register(shop_intake(world, payment_way=""), by=world.officer("district_clerk"), at=AT)
    with pytest.raises(NotYetSettled):
        rate_as_holder(str(case.code), "0789", "SATISFIED", by=ANONYMOUS, at=AT)


def test_whoever_holds_the_code_alone_neither_reads_nor_empties_the_words(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    rate(case.id, "SATISFIED", words="Chuyện của tôi", by=world.citizen("mother"), at=AT)
    rate_as_holder(str(case.code), "0123", "VERY_SATISFIED", by=ANONYMOUS, at=AT)
    rating = Rating.objects.get(case=case)
    assert (rating.satisfaction, rating.words) == ("VERY_SATISFIED", "Chuyện của tôi")

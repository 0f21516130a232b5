"""What an applicant wrote with the rating can be hidden by a head, with a reason and a trace; the rating stands."""

from datetime import timedelta

import pytest

from camaug.cases.actions.hide_rating_words import NothingToHide, hide_rating_words
from camaug.cases.actions.rate import rate
from camaug.cases.actions.show_rating_words import NothingHidden, show_rating_words
from camaug.cases.models import Case, Rating
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries.ratings import ratings
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.world import AT, World

WORDS, REASON = "Bà Hai nhà bên nợ tiền tôi.", "Nói chuyện riêng của người khác."


@pytest.fixture
def case(world: World) -> Case:
    made = carry(world, send_birth(world), to="RETURN")
    rate(made.id, "NOT_SATISFIED", words=WORDS, by=world.citizen("mother"), at=AT)
    Case.objects.filter(pk=made.pk).update(state="HANDED_OUT", finished_at=AT)
    return Case.objects.get(pk=made.pk)


def read_by(world: World, officer: str) -> tuple[str, str]:
    (row,) = ratings(world.officer(officer), at=AT).page.rows
    return row.words, row.hidden


def test_hidden_words_are_read_by_nobody_and_the_rating_still_counts(world: World, case: Case) -> None:
    assert read_by(world, "chairman") == (WORDS, "")
    hide_rating_words(str(case.code), reason=f" {REASON} ", by=world.officer("chairman"), at=AT)
    for officer in ("chairman", "specialist"):
        assert read_by(world, officer) == ("", REASON)
    assert sum(ratings(world.officer("chairman"), at=AT).recent.values()) == 1
    event = EventRecord.objects.get(name="cases.RatingWordsHidden")
    assert (event.subject_id, event.actor_id) == (case.id, world.officers["chairman"])
    assert WORDS not in str(event.facts)
    assert REASON not in str(event.facts)


def test_they_are_shown_again(world: World, case: Case) -> None:
    by = world.officer("chairman")
    with pytest.raises(NothingHidden):
        show_rating_words(str(case.code), by=by, at=AT)
    hide_rating_words(str(case.code), reason=REASON, by=by, at=AT)
    with pytest.raises(NothingToHide):
        hide_rating_words(str(case.code), reason=REASON, by=by, at=AT)
    show_rating_words(str(case.code), by=by, at=AT)
    assert read_by(world, "chairman") == (WORDS, "")
    assert EventRecord.objects.filter(name="cases.RatingWordsShown").count() == 1


def test_new_words_are_read_anew(world: World, case: Case) -> None:
    hide_rating_words(str(case.code), reason=REASON, by=world.officer("chairman"), at=AT)
    rate(case.id, "SATISFIED", words="Cảm ơn.", by=world.citizen("mother"), at=AT + timedelta(days=1))
    assert read_by(world, "chairman") == ("Cảm ơn.", "")


def test_only_the_leader_and_the_head_of_reception_hide_and_never_without_a_reason(world: World, case: Case) -> None:
    with pytest.raises(NotAllowed):
        hide_rating_words(str(case.code), reason=REASON, by=world.officer("specialist"), at=AT)
    for stranger in ("district_chairman", "other_clerk"):
        with pytest.raises((NotFound, NotAllowed)):
            hide_rating_words(str(case.code), reason=REASON, by=world.officer(stranger), at=AT)
    with pytest.raises(ReasonMissing):
        hide_rating_words(str(case.code), reason="  ", by=world.officer("chairman"), at=AT)
    Rating.objects.update(words="")
    with pytest.raises(NothingToHide):
        hide_rating_words(str(case.code), reason=REASON, by=world.officer("chairman"), at=AT)


def test_the_page_hides_and_shows(world: World, case: Case) -> None:
    chairman, address = desk_of(world, "chairman"), f"/desk/ratings/{case.code}/words/"
    assert f'href="{address}"' in chairman.get("/desk/ratings/").content.decode()
    assert WORDS in chairman.get(address).content.decode()
    assert chairman.post(address, {"reason": ""}).status_code == 422
    assert chairman.post(address, {"reason": REASON}).status_code == 302
    shown = chairman.get("/desk/ratings/").content.decode()
    assert REASON in shown
    assert WORDS not in shown
    assert WORDS not in chairman.get(address).content.decode()
    chairman.post(address)
    assert WORDS in chairman.get("/desk/ratings/").content.decode()
    assert desk_of(world, "specialist").get(address).status_code in (403, 404)

"""The rating on the citizen's pages: asked where the result is, beside it, never before it."""

import pytest
from django.test import Client

from camaug.cases.models import Case, Rating
from tests.applications import carry, send_birth
from tests.integration.cases.portal.conftest import SignedIn
from tests.world import World

QUESTION = 'name="satisfaction"'


@pytest.fixture
def finished(world: World) -> Case:
    return carry(world, send_birth(world), to="RETURN")


def held(case: Case) -> Client:
    client = Client()
    client.post("/follow/", {"code": case.code, "fact": "0123"})
    return client


def test_my_case_asks_once_the_result_is_there(world: World, signed_in: SignedIn) -> None:
    mother, case = signed_in("mother"), send_birth(world)
    assert QUESTION not in mother.get(f"/my-cases/{case.id}/").content.decode()
    carry(world, case, to="RETURN")
    shown = mother.get(f"/my-cases/{case.id}/").content.decode()
    assert QUESTION in shown
    assert shown.index("/results/") < shown.index(QUESTION)  # the result stands there without it


def test_my_case_takes_the_rating_thanks_and_lets_it_be_changed(finished: Case, signed_in: SignedIn) -> None:
    mother, page = signed_in("mother"), f"/my-cases/{finished.id}/"
    sent = mother.post(f"{page}rating/", {"satisfaction": "SATISFIED", "words": "Ổn"}, follow=True)
    assert sent.redirect_chain == [(page, 302)]
    assert QUESTION not in sent.content.decode()
    shown = mother.get(f"{page}rating/").content.decode()
    assert 'value="SATISFIED" checked' in shown
    mother.post(f"{page}rating/", {"satisfaction": "NOT_SATISFIED", "words": ""})
    assert Rating.objects.get().satisfaction == "NOT_SATISFIED"


def test_no_choice_is_asked_again_and_the_words_stay(finished: Case, signed_in: SignedIn) -> None:
    sent = signed_in("mother").post(f"/my-cases/{finished.id}/rating/", {"words": "Cán bộ nhiệt tình"})
    assert sent.status_code == 422
    assert "Cán bộ nhiệt tình" in sent.content.decode()
    assert not Rating.objects.exists()


def test_whoever_follows_by_code_rates_too(finished: Case) -> None:
    client = held(finished)
    assert QUESTION in client.get("/follow/case/").content.decode()
    sent = client.post("/follow/case/rating/", {"satisfaction": "VERY_SATISFIED", "words": ""}, follow=True)
    assert sent.redirect_chain == [("/follow/case/", 302)]
    assert Rating.objects.get().case_id == finished.id


def test_who_follows_by_code_does_not_read_the_words_back(finished: Case, signed_in: SignedIn) -> None:
    """The code and four digits are known to more people than the one who wrote them."""
    signed_in("mother").post(f"/my-cases/{finished.id}/rating/", {"satisfaction": "SATISFIED", "words": "Chuyện riêng"})
    for path in ("/follow/case/", "/follow/case/rating/"):
        assert "Chuyện riêng" not in held(finished).get(path).content.decode()


def test_without_the_code_there_is_nothing_to_rate(finished: Case) -> None:
    assert Client().get("/follow/case/rating/")["Location"] == "/follow/"
    assert Client().post("/follow/case/rating/", {"satisfaction": "SATISFIED"})["Location"] == "/follow/"
    assert not Rating.objects.exists()


def test_a_stranger_rates_nothing(finished: Case, signed_in: SignedIn) -> None:
    sent = signed_in("student").post(f"/my-cases/{finished.id}/rating/", {"satisfaction": "NOT_SATISFIED"})
    assert sent.status_code == 404
    assert not Rating.objects.exists()

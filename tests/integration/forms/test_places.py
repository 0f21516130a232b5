from datetime import date

import pytest
from django.test import Client

from camaug.catalogue.forms.answers import read
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.kernel.text import fold
from camaug.people.models import Place
from tests.unit.forms.example import FIELDS, PLACES

DAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_small_country() -> None:
    made: dict[str, Place] = {}
    for code, parent, kind, name in PLACES.rows:
        above = made.get(parent)
        full_name = f"{name}, {above.full_name}" if above else name
        made[code] = Place.objects.create(
            code=code,
            name=name,
            full_name=full_name,
            folded=fold(full_name),
            kind=kind,
            parent=above,
            valid_from=date(2004, 1, 1),
            valid_until=None,
        )
    Place.objects.filter(code="31813").update(valid_until=date(2025, 7, 1))


def test_the_registered_places_are_the_country_of_the_rules() -> None:
    registered = RegisteredPlaces(DAY)
    assert list(registered.children("")) == list(PLACES.children(""))
    assert list(registered.children("964")) == list(PLACES.children("964"))
    assert list(registered.chain("31999")) == list(PLACES.chain("31999"))
    assert [spot.code for spot in registered.search("phuong 9")] == ["31999"]


@pytest.mark.parametrize("code", ["", "x", "99", "31813", "9" * 30, "'; --"])
def test_there_is_no_chain_to_what_is_no_place_of_that_day(code: str) -> None:
    assert RegisteredPlaces(DAY).chain(code) == ()


def test_words_typed_at_the_counter_become_the_commune_in_force() -> None:
    reading = read([FIELDS["home"]], {"home.place": "Phường 2"}, places=RegisteredPlaces(DAY))
    assert reading.errors == {}
    assert reading.answers["home"]["commune"] == "32022"


def test_the_choices_are_served_as_options(client: Client) -> None:
    page = client.get("/places/", {"parent": "96"}).content.decode()
    assert '<option value="964">Thành phố Cà Mau</option>' in page
    assert "Phường" not in page
    page = client.get("/places/", {"words": "u minh"}).content.decode()
    assert '<option value="Thị trấn U Minh, Huyện U Minh, Tỉnh Cà Mau"></option>' in page


@pytest.mark.parametrize("query", [{}, {"words": "%_\\"}, {"words": "x" * 9999}, {"parent": "96'"}])
def test_odd_questions_get_an_answer(client: Client, query: dict[str, str]) -> None:
    assert client.get("/places/", query).status_code == 200

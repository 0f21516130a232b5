"""Following by code and a second fact: one answer to every mistake, and not many tries."""

import pytest
from django.test import Client

from camaug.cases.models import Case
from tests.applications import carry, send_birth
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    return send_birth(world)


def look(client: Client, code: str | None, fact: str, **extra: str) -> int:
    return client.post("/follow/", {"code": code or "", "fact": fact}, **extra).status_code


def told(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("fact", ["0123", "0123"[-4:]])
def test_the_code_and_the_last_digits_show_where_it_stands(case: Case, fact: str) -> None:
    client = Client()
    shown = client.post("/follow/", {"code": f" {(case.code or '').lower()} ", "fact": fact}, follow=True)
    assert shown.redirect_chain == [("/follow/case/", 302)]
    assert case.code
    assert case.code in told(shown.content.decode())
    assert client.get("/follow/case/").status_code == 200  # reloaded


def test_what_is_shown_holds_no_more_of_the_person_than_a_masked_name(world: World, case: Case) -> None:
    carry(world, case, to="RETURN")
    client = Client()
    shown = told(client.post("/follow/", {"code": case.code, "fact": "0123"}, follow=True).content.decode())
    assert "N. T. Lan" in shown
    for secret in ("Nguyễn Thị Lan", "Bảo An", "096194000123", "918000123", "0918 000 123", "/files/", "/results/"):
        assert secret not in shown


def test_no_such_code_and_a_wrong_fact_give_the_same_page(case: Case) -> None:
    pages = []
    for code, fact in ((case.code, "9999"), ("H12.39.32245-261123-9999", "9999")):
        response = Client().post("/follow/", {"code": code, "fact": fact})
        pages.append((response.status_code, told(response.content.decode()).replace(str(code), "")))
    without_token = [
        (status, html.split("csrfmiddlewaretoken")[0], html.rsplit("fact", 1)[-1]) for status, html in pages
    ]
    assert without_token[0] == without_token[1]
    assert without_token[0][0] == 422


def test_one_code_is_tried_a_few_times_only_even_from_many_networks(case: Case) -> None:
    tries = [look(Client(), case.code, f"{number:04d}", REMOTE_ADDR=f"10.0.0.{number}") for number in range(1000, 1007)]
    assert tries == [422] * 5 + [429] * 2
    assert look(Client(), case.code, "0123") == 429


def test_one_network_tries_few_codes(case: Case) -> None:
    codes = [f"H12.39.32245-261123-{number:04d}" for number in range(5000, 5032)]
    assert [look(Client(), code, "1234") for code in codes][-2:] == [429, 429]


def test_right_answers_are_not_counted(case: Case) -> None:
    assert {look(Client(), case.code, "0123") for _time in range(12)} == {302}


def test_the_second_fact_stands_in_no_address_and_a_stranger_sees_nothing(case: Case) -> None:
    assert Client().get("/follow/case/")["Location"] == "/follow/"
    assert Client().get("/follow/", {"code": case.code, "fact": "0123"}).status_code == 200


def test_the_code_of_the_qr_stands_in_the_form(case: Case) -> None:
    assert f'value="{case.code}"' in Client().get("/follow/", {"code": case.code}).content.decode()
    assert "<script>" not in Client().get("/follow/", {"code": '"><script>'}).content.decode()


@pytest.mark.parametrize("fact", ["", "12", "12345", "abcd", "１２３４"])
def test_a_fact_of_another_shape_is_asked_again_without_counting(case: Case, fact: str) -> None:
    assert {look(Client(), case.code, fact) for _time in range(7)} == {422}
    assert look(Client(), case.code, "0123") == 302

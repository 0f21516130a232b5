import re

import pytest
from django.test import Client

from camaug.access.models import Account
from tests import world
from tests.sessions import enter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.kernel.refusing_urls")]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/forbidden/", 403, "Chỉ lãnh đạo được ký."),
        ("/missing/", 404, "Không tìm thấy trang"),
        ("/refused/", 422, "Không thực hiện được việc này."),
        ("/closed/", 503, "được mã hóa hiện chưa mở được"),
        ("/no-such-page/", 404, "Không tìm thấy trang"),
        ("/undeclared/", 404, "Không tìm thấy trang"),
    ],
)
def test_a_refusal_is_a_page_with_its_sentence(client: Client, path: str, status: int, sentence: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert sentence in response.content.decode()


def test_a_failure_is_a_page_with_a_reference_that_the_log_has_too(caplog: pytest.LogCaptureFixture) -> None:
    response = Client(raise_request_exception=False).get("/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    found = re.search(r"\b[0-9A-F]{8}\b", page)
    assert found
    assert f"reference {found[0]}" in caplog.text
    assert "a secret" not in page


def test_the_log_keeps_the_route_and_never_an_address_that_opens_something(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/closed/a-link-of-somebody/").status_code == 503
    assert "a-link-of-somebody" not in caplog.records[0].getMessage()
    assert "closed/<str:token>/" in caplog.records[0].getMessage()


def test_a_failure_of_the_error_page_itself_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("no template, no database")

    monkeypatch.setattr("camaug.kernel.web.refusal", fail)
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert re.search(r"\b[0-9A-F]{8}\b", response.content.decode())


def test_a_page_for_leaders_is_not_there_for_a_clerk(client: Client) -> None:
    people = world.build()
    enter(client, Account.objects.get(id=people.officers["clerk"]))
    assert client.get("/for-leaders/").status_code == 404
    enter(client, Account.objects.get(id=people.officers["chairman"]))
    seen = client.get("/for-leaders/")
    assert seen.status_code == 200
    assert seen.headers["Cache-Control"] == "private, no-store"


def test_one_whose_session_ended_is_led_to_sign_in_and_a_sent_form_is_not_repeated(client: Client) -> None:
    assert client.get("/for-leaders/?a=1").headers["Location"] == "/desk/sign-in/?next=%2Ffor-leaders%2F%3Fa%3D1"
    assert client.post("/for-leaders/").headers["Location"] == "/desk/sign-in/"

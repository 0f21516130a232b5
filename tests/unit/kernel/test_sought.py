"""Words by which somebody is looked for: the form leads to an address that does not tell them."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.encryption import make_keys
from camaug.kernel.pages import Request
from camaug.kernel.sought import LONGEST, NAME, Sought, Words

WORDS = Sought("people.officers", beside=("role", "left"))
CLERK = Actor(kind=ActorKind.STAFF, account_id=UUID(int=1))
OTHER = Actor(kind=ActorKind.STAFF, account_id=UUID(int=2))


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_KEYS_FILE = str(tmp_path / "data-keys")
    make_keys(tmp_path / "data-keys")


def request(*, by: Actor = CLERK, posted: dict[str, str] | None = None, **asked: str) -> Request:
    factory = RequestFactory()
    made = factory.get("/officers/", asked) if posted is None else factory.post("/officers/?s=old&from=there", posted)
    made.actor, made._messages = by, CookieStorage(made)  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


def led(asked: Request) -> str:
    onward = WORDS.onward(asked)
    assert onward
    assert onward.status_code == 303
    return str(onward["Location"])


def test_the_form_leads_to_the_same_page_which_reads_the_words() -> None:
    place = urlsplit(led(request(posted={"q": " 096194000123 ", "role": "CLERK", "left": "", "other": "x"})))
    query = {name: values[0] for name, values in parse_qs(place.query).items()}
    assert place.path == "/officers/"
    assert query.keys() == {NAME, "role"}
    assert "096194000123" not in place.query
    words = WORDS.read(request(**query))
    assert (words.text, words.query) == ("096194000123", {NAME: query[NAME]})


def test_an_empty_field_leaves_nothing_of_words() -> None:
    assert led(request(posted={"q": "  "})) == "/officers/"
    assert led(request(posted={"q": "", "role": "CLERK"})) == "/officers/?role=CLERK"


def test_a_bookmark_with_words_in_the_clear_leads_on() -> None:
    place = led(request(q="Lan", role="CLERK", **{"from": "there"}))
    assert place.startswith("/officers/?role=CLERK&s=")
    assert "Lan" not in place


def test_whatever_else_is_sent_is_not_led_on() -> None:
    assert WORDS.onward(request(posted={"addresses": "x"})) is None
    assert WORDS.onward(request(s="x", role="CLERK")) is None
    assert WORDS.read(request()) == Words()


def test_words_are_no_longer_than_an_address_takes() -> None:
    place = led(request(posted={"q": "ữ" * 10_000, "role": "x" * 10_000}))
    assert len(place) < 1_200
    assert WORDS.read(request(s=parse_qs(urlsplit(place).query)[NAME][0])).text == "ữ" * LONGEST


@pytest.mark.parametrize("value", ["broken", "00000000.AAAA", "e1:x:y", "Lan"])
def test_what_does_not_open_is_said_once_and_looks_for_nothing(value: str) -> None:
    asked = request(s=value)
    assert WORDS.read(asked) == Words(lost=True)
    assert len(list(get_messages(asked))) == 1


def test_neither_another_officer_nor_another_page_reads_them() -> None:
    value = WORDS.words("Lan", by=CLERK).closed
    assert WORDS.read(request(s=value)).text == "Lan"
    assert WORDS.read(request(by=OTHER, s=value)).lost
    assert Sought("cases.mandates").read(request(s=value)).lost

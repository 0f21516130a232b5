"""Whatever officers look for persons and cases by: no address that their browser or a log keeps tells it."""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.models import Case, ListReading
from camaug.kernel.encryption import add_key, decrypt, make_keys
from camaug.people.queries import staff
from tests.applications import send_birth
from tests.desks import desk_of, look_for
from tests.sessions import enter
from tests.world import World

LOST = "Địa chỉ này không còn cho biết nội dung cần tìm"
LINK = re.compile(r'(?:href|action|data-from)="([^"]*)"')
HIDDEN = re.compile(r'type="hidden" name="(?:next|q|words|number|code)" value="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """A page with a field of words, who uses it, and words that fit somebody there."""

    path: str
    field: str
    who: str
    words: str


PAGES = [
    Page("/desk/search/", "q", "clerk", "096194000123"),
    Page("/desk/", "words", "clerk", "nguyen thi lan"),
    Page("/desk/receive/", "words", "clerk", "nguyen thi lan"),
    Page("/desk/mandates/", "number", "clerk", "096194000123"),
    Page("/desk/representatives/", "q", "clerk", "0100109106"),
    Page("/desk/administration/officers/", "q", "administrator", "tran thi minh"),
    Page("/desk/administration/accounts/", "q", "administrator", "tran thi minh"),
    Page("/desk/administration/national-portal/", "code", "administrator", "H12.39.32245-261123-0001"),
]
every_page = pytest.mark.parametrize("page", PAGES, ids=[one.path for one in PAGES])


def addresses_in(shown: str) -> list[str]:
    return [unescape(one) for one in (*LINK.findall(shown), *HIDDEN.findall(shown))]


def tells(address: str, words: str) -> bool:
    query = parse_qs(urlsplit(address).query)
    return any(word in value for values in query.values() for value in values for word in (words, words.split()[0]))


@every_page
def test_the_form_is_sent_and_leads_to_an_address_that_does_not_tell(world: World, page: Page) -> None:
    send_birth(world)
    client = desk_of(world, page.who)
    sent = client.post(page.path, {page.field: page.words})
    assert sent.status_code == 303
    place = sent.headers["Location"]
    assert parse_qs(urlsplit(place).query).keys() == {"s"}
    assert not tells(place, page.words)
    answer = client.get(place)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert f'value="{page.words}"' in shown
    assert LOST not in shown
    assert [one for one in addresses_in(shown) if tells(one, page.words)] == []


@every_page
def test_a_bookmark_of_before_leads_there_too(world: World, page: Page) -> None:
    led = desk_of(world, page.who).get(page.path, {page.field: page.words, "from": "x"}, follow=True)
    assert [status for _place, status in led.redirect_chain] == [303]
    assert f'value="{page.words}"' in led.content.decode()


@every_page
@pytest.mark.parametrize("value", ["broken", "00000000.AAAA", "ữ", "x" * 3_000])
def test_what_does_not_open_is_said_and_nothing_is_looked_for(world: World, page: Page, value: str) -> None:
    answer = desk_of(world, page.who).get(page.path, {"s": value})
    assert answer.status_code == 200
    assert answer.content.decode().count(LOST) == 1
    assert not ListReading.objects.exists()


@every_page
def test_an_address_opens_for_no_other_page(world: World, page: Page) -> None:
    client = desk_of(world, page.who)
    other = next(
        one for one in reversed(PAGES) if one.who == page.who and (one.field, one.path) != (page.field, page.path)
    )
    query = urlsplit(client.post(page.path, {page.field: page.words})["Location"]).query
    assert LOST in client.get(f"{other.path}?{query}").content.decode()


@pytest.mark.parametrize("page", PAGES[:5], ids=[one.path for one in PAGES[:5]])
def test_an_address_opens_for_no_other_officer(world: World, page: Page) -> None:
    place = desk_of(world, page.who).post(page.path, {page.field: page.words})["Location"]
    shown = desk_of(world, "other_clerk").get(place).content.decode()
    assert LOST in shown
    assert page.words not in shown


def test_an_address_of_before_the_keys_were_changed_opens_until_the_old_one_goes(
    world: World, tmp_path: Path, settings: Any
) -> None:
    keys = tmp_path / "keys"
    make_keys(keys)
    settings.DATA_KEYS_FILE = str(keys)
    clerk = desk_of(world, "clerk")
    place = clerk.post("/desk/search/", {"q": "Lan"})["Location"]
    add_key(keys)
    assert LOST not in clerk.get(place).content.decode()
    keys.write_text(keys.read_text().splitlines(keepends=True)[0])
    assert LOST in clerk.get(place).content.decode()


def test_a_form_of_another_site_leads_nowhere(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    enter(client, Account.objects.get(pk=world.officers["clerk"]))
    assert client.post("/desk/search/", {"q": "Lan"}).status_code == 403


def test_the_words_stay_with_the_filters_tabs_and_whole_list_of_the_inbox(world: World) -> None:
    cases, clerk = [send_birth(world) for _ in range(2)], desk_of(world, "clerk")
    Case.objects.filter(pk=cases[0].pk).update(applicant_name="Trần Văn Bình", folded="tran van binh")
    narrowed = look_for(clerk, "/desk/receive/", words="lan", channel="ONLINE", mine="")
    shown = narrowed.content.decode()
    assert (cases[0].code in shown, cases[1].code in shown) == (False, True)
    value = narrowed.wsgi_request.GET["s"]
    assert f'href="/desk/todo/?channel=ONLINE&amp;s={value}"' in shown
    assert f'href="/desk/receive/?s={value}"' in shown
    assert 'href="/desk/receive/?channel=ONLINE"' in shown
    assert "“lan”" in shown
    whole = {"move": "receive", "tab": "receive", "all": "yes"}
    for query, found in (({"s": value}, 1), ({}, 2), ({"s": "broken"}, 0), ({"words": "lan"}, 0)):
        page = clerk.get("/desk/batches/new/", whole | query).content.decode()
        assert page.count('name="item"') == found, query


def test_the_words_stay_with_the_pages_of_a_list_and_its_places_tell_no_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "ROWS", 1)
    desk, root = desk_of(world, "administrator"), "/desk/administration/officers/"
    first = look_for(desk, root, q="nguyen")
    second = desk.get(root + first.context["older"])
    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (1, 1)
    assert first.context["page"].rows != second.context["page"].rows
    assert desk.get(root + second.context["newer"]).context["page"].rows == first.context["page"].rows
    query = parse_qs(first.context["older"][1:])
    assert query["s"] == [first.wsgi_request.GET["s"]]
    key, _dot, body = query["from"][0].partition(".")
    assert len(key) == 8
    assert b"nguyen" not in urlsafe_b64decode(body + "=" * (-len(body) % 4)).lower()
    assert desk.get(root, {"from": "broken"}).context["page"].rows == desk.get(root).context["page"].rows


def test_the_words_stay_with_the_tabs_of_the_accounts(world: World) -> None:
    found = look_for(desk_of(world, "administrator"), "/desk/administration/accounts/", q="tran thi minh")
    value = found.wsgi_request.GET["s"]
    tabs = [tab["href"] for tab in found.context["tabs"]]
    assert len(tabs) > 1
    assert [tab.partition("&standing=")[0] for tab in tabs] == [f"?s={value}"] * len(tabs)


def test_an_officer_who_was_entered_is_shown_without_his_address_in_ours(world: World) -> None:
    desk, page = desk_of(world, "administrator"), "/desk/administration/officers/engagement/"
    sent = desk.post(page, {"name": "Lâm Quốc Bảo", "email": "tanan_lamquocbao@camau.gov.vn", "phone": ""})
    assert sent.status_code == 302
    assert "lamquocbao" not in sent["Location"]
    assert [row.name for row in desk.get(sent["Location"]).context["page"].rows] == ["Lâm Quốc Bảo"]


def test_a_search_is_written_down_once_with_its_words(world: World) -> None:
    look_for(desk_of(world, "clerk"), "/desk/search/", q="Lan")
    (row,) = ListReading.objects.all()
    assert decrypt(row.asked, about=f"cases.listreading.asked:{row.id}") == '{"words": "Lan"}'


def test_programs_send_the_words_in_a_header(world: World) -> None:
    case, clerk = send_birth(world), desk_of(world, "clerk")

    def asked(words: str) -> list[str]:
        rows = clerk.get("/api/v1/cases", headers={"Search-Words": words}).json()["items"]
        return [row["code"] for row in rows]

    assert asked(quote("Nguyễn Thị Lan")) == asked("lan") == [case.code]
    assert asked(quote("Người Khác Hẳn")) == []
    assert clerk.get("/api/v1/cases", headers={"Search-Words": "%00Lan%ff%zz"}).status_code == 200
    refused = clerk.get("/api/v1/cases", {"q": "Lan"})
    assert refused.status_code == 422
    assert "Search-Words" in refused.content.decode()

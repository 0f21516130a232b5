from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.cases.models import Case
from camaug.desk.web import inbox
from tests.applications import carry, send_birth
from tests.desks import desk_of, found
from tests.world import AT, World


def listed(world: World, who: str, path: str) -> str:
    answer = desk_of(world, who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("step", "who", "tab"),
    [
        ("", "clerk", "receive"),
        ("EXAMINE", "specialist", "todo"),
        ("APPROVE", "chairman", "todo"),
        ("PUBLISH", "registrar", "todo"),
        ("RETURN", "clerk", "return"),
    ],
)
def test_a_case_stands_in_the_tab_of_the_one_whose_turn_it_is(world: World, step: str, who: str, tab: str) -> None:
    case = carry(world, send_birth(world), to=step) if step else send_birth(world)
    assert case.code
    for key in ("clerk", "specialist", "chairman", "registrar"):
        assert (case.code in listed(world, key, f"/desk/{tab}/")) == (key == who), key
    assert case.code not in listed(world, "other_clerk", f"/desk/{tab}/")


def test_the_first_tab_is_a_clerks_reception_and_anybody_elses_work(world: World) -> None:
    case = send_birth(world)
    assert case.code
    assert case.code in listed(world, "clerk", "/desk/")
    case = carry(world, case, to="EXAMINE")
    assert case.code in listed(world, "specialist", "/desk/")


def test_counts_stand_beside_tabs_and_in_the_rail(world: World) -> None:
    send_birth(world)
    shown = listed(world, "clerk", "/desk/")
    assert 'Chờ tiếp nhận <span class="tabs__count">(1)</span>' in shown
    assert "<span>Việc của tôi</span><b>1</b>" in shown


def test_filters_live_in_the_address_and_can_be_taken_off(world: World) -> None:
    case = send_birth(world)
    assert case.code
    kept = listed(world, "clerk", "/desk/receive/?procedure=dang-ky-khai-sinh&channel=ONLINE")
    assert case.code in kept
    assert 'href="/desk/receive/?channel=ONLINE"' in kept
    assert 'href="/desk/todo/?procedure=dang-ky-khai-sinh&amp;channel=ONLINE"' in kept
    for query in ("procedure=dang-ky-ho-kinh-doanh", "channel=POST", "mine=yes"):
        shown = listed(world, "clerk", f"/desk/receive/?{query}")
        assert case.code not in shown
        assert "Không có hồ sơ nào khớp bộ lọc" in shown


def test_a_long_list_is_read_page_by_page_without_loss(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "ROWS", 2)
    codes = {send_birth(world, at=AT + timedelta(minutes=n)).code for n in range(5)}
    found, path, client = list[str](), "/desk/receive/", desk_of(world, "clerk")
    for _ in range(3):
        page = client.get(path).content.decode()
        found += [code for code in codes if code and f">{code}<" in page]
        if 'rel="next"' in page:
            path = "/desk/receive/" + page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert sorted(found) == sorted(str(code) for code in codes)


def test_the_number_of_queries_does_not_grow_with_the_list(world: World) -> None:
    clerk = desk_of(world, "clerk")
    send_birth(world)
    clerk.get("/desk/receive/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            clerk.get("/desk/receive/")
        counts.append(len(asked))
        for n in range(4):
            send_birth(world, at=AT + timedelta(minutes=n))
    assert counts[0] == counts[1] <= 20


@pytest.mark.parametrize("tab", ["receive", "todo", "waiting", "overdue", "return", "done"])
def test_an_empty_tab_says_what_would_stand_there(world: World, tab: str) -> None:
    assert 'class="empty"' in listed(world, "clerk", f"/desk/{tab}/")


def test_a_case_past_its_time_is_overdue_in_words(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    assert case.code
    Case.objects.filter(pk=case.pk).update(due_at=AT - timedelta(days=3), urgent_at=AT - timedelta(days=3))
    shown = listed(world, "specialist", "/desk/overdue/")
    assert case.code in shown
    assert "Quá hạn" in shown
    assert "ngày làm việc" in shown


SEARCHES = [
    "{code}",
    "{start}",
    "nguyen thi lan",
    "Nguyễn Thị Lan",
    "096194000123",
    "0918 000 123",
    "bao an",
    "khai sinh",
]


@pytest.mark.parametrize("words", SEARCHES)
def test_search_finds_by_code_name_number_phone_and_words(world: World, words: str) -> None:
    case = send_birth(world)
    assert case.code
    asked = words.format(code=case.code.lower(), start=case.code[:-2])
    assert f">{case.code}<" in found(world, "specialist", asked)
    assert f">{case.code}<" not in found(world, "other_clerk", asked)


def test_search_without_words_says_how_to_search(world: World) -> None:
    assert "Có thể gõ không dấu" in listed(world, "clerk", "/desk/search/")


def test_search_shows_words_as_words(world: World) -> None:
    assert "<script>alert" not in found(world, "clerk", "<script>alert(1)</script>")

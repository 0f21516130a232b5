"""The public pages over the small province: what they say, and how few questions they ask the database."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.catalogue.models import LifeEvent, ProcedureVersion
from camaug.portal.web.home import duration
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    world.build()
    cache.clear()


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_home_page_offers_search_life_events_fields_and_following() -> None:
    LifeEvent.objects.create(code="nghi-huu", name="Nghỉ hưu")
    home = page("/")
    for words in ("Bạn cần làm thủ tục gì?", "/procedures/life-events/sinh-con/", "/procedures/fields/ho-tich/"):
        assert words in home
    assert 'action="/follow/"' in home
    assert "/procedures/life-events/nghi-huu/" not in home, "an event of life without procedures leads nowhere"


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 3),
        ("/procedures/", 4),
        ("/procedures/?q=khai+sinh", 4),
        ("/procedures/suggestions/?q=khai", 2),
        ("/procedures/dang-ky-khai-sinh/", 5),
        ("/procedures/agencies/", 3),
        ("/procedures/agencies/H12.39.32245/", 5),
        ("/procedures/fields/ho-tich/", 5),
    ],
)
def test_a_page_asks_few_questions(path: str, most: int) -> None:
    page(path)
    with CaptureQueriesContext(connection) as asked:
        page(path)
    assert len(asked) <= most, [query["sql"][:120] for query in asked]


@pytest.mark.parametrize(
    "words", ["khai sinh", "KHAI SINH", "khai+sinh+cho+con", "khai sin", "giay khai sinh", "1.001193"]
)
def test_a_search_finds_births_with_or_without_accents_and_with_a_slip(words: str) -> None:
    assert 'href="/procedures/dang-ky-khai-sinh/"' in page(f"/procedures/?q={words}")


def test_suggestions_are_a_list_of_links() -> None:
    found = page("/procedures/suggestions/?q=khai sinh")
    assert 'href="/procedures/dang-ky-khai-sinh/"' in found
    assert "<html" not in found


def test_filters_live_in_the_address_and_can_be_taken_away_one_by_one() -> None:
    found = page("/procedures/?channel=ONLINE&level=COMMUNE")
    assert "/procedures/dang-ky-khai-sinh/" in found
    assert "/procedures/chung-thuc-ban-sao/" not in found
    assert 'href="?level=COMMUNE"' in found
    assert 'href="?channel=ONLINE"' in found


def test_a_filter_that_does_not_exist_is_left_out() -> None:
    assert "/procedures/chung-thuc-ban-sao/" in page("/procedures/?field=%3Cscript%3E&level=x&channel=y")


def test_an_empty_search_result_leads_on() -> None:
    found = page("/procedures/?q=xyzzyqqq")
    assert "Không có thủ tục nào khớp" in found
    assert 'href="/procedures/agencies/"' in found


def test_the_procedure_page_marks_what_is_not_verified_and_says_what_that_means() -> None:
    shown = page("/procedures/dang-ky-khai-sinh/")
    assert 'href="#being-verified"' in shown
    assert 'id="being-verified"' in shown
    assert 'id="being-verified"' not in page("/procedures/chung-thuc-ban-sao/")


def test_one_starts_online_only_where_that_is_possible() -> None:
    assert 'href="/apply/dang-ky-khai-sinh/"' in page("/procedures/dang-ky-khai-sinh/")
    assert "/apply/" not in page("/procedures/chung-thuc-ban-sao/")


def test_an_office_is_found_without_accents() -> None:
    shown = page("/procedures/dang-ky-khai-sinh/?where=tan an")
    assert 'href="/procedures/agencies/H12.39.32245/"' in shown
    assert "Không có nơi nào tên" in page("/procedures/dang-ky-khai-sinh/?where=zzzz")


def test_an_office_says_where_it_is_when_it_is_open_and_what_it_does() -> None:
    shown = page("/procedures/agencies/H12.39.32245/")
    for words in ("Xã Tân Ân, huyện Ngọc Hiển", "07:00–11:00", "/procedures/dang-ky-khai-sinh/"):
        assert words in shown
    assert "/procedures/dang-ky-ho-kinh-doanh/" in page("/procedures/agencies/H12.39.04/")
    page("/procedures/agencies/H99/", 404)


def test_an_unknown_procedure_answers_404_and_offers_what_is_near() -> None:
    shown = page("/procedures/khai-sinh/", 404)
    assert "Không tìm thấy thủ tục này" in shown
    assert 'href="/procedures/dang-ky-khai-sinh/"' in shown


def test_a_later_version_is_shown_for_its_day_with_a_banner() -> None:
    first = ProcedureVersion.objects.get(procedure__code="dang-ky-khai-sinh")
    change = world.AT.date() + timedelta(days=500)
    ProcedureVersion.objects.filter(pk=first.pk).update(valid_until=change)
    text = {**first.definition, "version": 2, "valid_from": change.isoformat(), "summary": "Theo luật mới."}
    first.pk, first.number, first.valid_from, first.definition, first.digest = None, 2, change, text, "x"
    first.id = ProcedureVersion._meta.get_field("id").get_default()
    first.save()
    later = page(f"/procedures/dang-ky-khai-sinh/?on={change.isoformat()}")
    assert "Theo luật mới." in later
    assert "Bạn đang xem nội dung áp dụng vào ngày" in later
    assert "Bắt đầu" not in later
    now = page("/procedures/dang-ky-khai-sinh/")
    assert "Theo luật mới." not in now
    assert f"?on={change.isoformat()}" in now
    before = page("/procedures/dang-ky-khai-sinh/?on=2001-01-01", 404)
    assert "không có hiệu lực" in before
    assert f"?on={change.isoformat()}" in before


def test_a_day_that_is_none_is_today() -> None:
    assert "Bạn đang xem nội dung áp dụng" not in page("/procedures/dang-ky-khai-sinh/?on=31-02-2026")


def test_the_form_is_published_as_a_json_schema() -> None:
    answer = Client().get("/procedures/dang-ky-khai-sinh/schema.json")
    assert answer["Content-Type"] == "application/schema+json"
    schema = answer.json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "child_name" in schema["properties"]
    page("/procedures/none/schema.json", 404)


def test_english_is_spoken_where_it_is_chosen() -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    shown = client.get("/procedures/dang-ky-khai-sinh/").content.decode()
    assert "Register your child&#x27;s birth" in shown
    assert "Who can apply" in shown


def test_machines_are_told_what_to_read() -> None:
    assert "Disallow: /my-cases/" in page("/robots.txt")
    assert "/procedures/dang-ky-khai-sinh/</loc>" in page("/sitemap.xml")


def test_words_from_the_address_are_never_markup() -> None:
    for path in ("/procedures/?q=", "/procedures/suggestions/?q=", "/procedures/agencies/?q="):
        assert "<script>alert" not in page(path + "%3Cscript%3Ealert(1)")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "chưa đến 1 phút"),
        (timedelta(minutes=130), "2 giờ 10 phút"),
        (timedelta(days=1, hours=4, minutes=5), "1 ngày 4 giờ"),
    ],
)
def test_a_span_is_said_in_two_units_at_most(span: timedelta, words: str) -> None:
    assert duration(span) == words

"""Somebody who does not know what the procedure is called answers questions; the answers are the address."""

from collections.abc import Iterator

import pytest
from django.test import Client

from camaug.catalogue.guide import Question
from camaug.catalogue.queries.guiding import guide, stand
from tests.world import AT

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def visitor(client: Client) -> Client:
    return client


def text(visitor: Client, address: str, status: int = 200) -> str:
    answer = visitor.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_one_question_stands_on_a_page_and_the_answer_leads_on(visitor: Client) -> None:
    assert "Bạn đang có việc gì?" in text(visitor, "/guide/")
    chosen = visitor.get("/guide/", {"answer": "sinh-con"})
    assert (chosen.status_code, chosen["Location"]) == (302, "/guide/sinh-con/")
    page = text(visitor, "/guide/sinh-con/")
    assert "Bạn muốn làm gì cho bé?" in page
    assert 'href="/guide/" >Quay lại' in page.replace('class="govuk-back-link" ', "")


def test_the_end_says_why_and_what_it_takes(visitor: Client) -> None:
    page = text(visitor, "/guide/sinh-con/chi-khai-sinh/")
    assert "Làm trong 60 ngày kể từ ngày sinh thì không mất tiền." in page
    assert 'href="/procedures/dang-ky-khai-sinh/"' in page
    assert 'href="/my/apply/dang-ky-khai-sinh/"' in page or "apply/dang-ky-khai-sinh" in page
    assert page.index("dang-ky-khai-sinh") < page.index("khai-sinh-thuong-tru-bao-hiem-y-te")


def test_without_an_answer_the_page_asks_again(visitor: Client) -> None:
    page = text(visitor, "/guide/sinh-con/?sent=", 422)
    assert "Hãy chọn một câu trả lời." in page
    assert text(visitor, "/guide/sinh-con/?answer=nothing", 422)


@pytest.mark.parametrize("way", ["nowhere", "sinh-con/nowhere", "sinh-con/chi-khai-sinh/more", "a/" * 60])
def test_where_the_guide_does_not_go_there_is_no_page(visitor: Client, way: str) -> None:
    text(visitor, f"/guide/{way.strip('/')}/", 404)


def test_nothing_is_kept(visitor: Client) -> None:
    visitor.get("/guide/sinh-con/chi-khai-sinh/")
    assert set(visitor.cookies) <= {"theme", "django_language", "csrftoken"}


def ways(question: Question, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for answer in question.answers:
        here = (*before, answer.id)
        yield from ways(guide().question(answer.next), here) if answer.next else (here,)


def test_every_way_ends_with_all_its_procedures() -> None:
    for way in ways(guide().question(guide().start)):
        here = stand(way, AT.date())
        assert here.question is None
        assert [one.lead for one in here.suggestions] == list(here.said[-1].answer.leads), way


def test_the_portal_leads_to_the_guide(visitor: Client) -> None:
    assert 'href="/guide/"' in text(visitor, "/")
    assert 'href="/guide/"' in text(visitor, "/procedures/?q=xyzzyqqq")
    assert 'href="/guide/sinh-con/"' in text(visitor, "/procedures/life-events/sinh-con/")


def test_it_speaks_english_too(visitor: Client) -> None:
    visitor.cookies["django_language"] = "en"
    assert "What do you want to do for the child?" in text(visitor, "/guide/sinh-con/")
    assert "Free within 60 days of the birth." in text(visitor, "/guide/sinh-con/chi-khai-sinh/")

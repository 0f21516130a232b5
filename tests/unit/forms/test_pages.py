from typing import Any

from camaug.catalogue.forms.pages import answer, first_unanswered, next_page, page_of, previous_page, progress
from tests.unit.forms.example import COMPLETE, FORM, PLACES, TODAY


def _ids(answers: dict[str, Any]) -> list[str]:
    ids: list[str] = []
    page = next_page(FORM, answers, None, on=TODAY)
    while page:
        ids.append(page.id)
        page = next_page(FORM, answers, page.id, on=TODAY)
    return ids


def test_walking_forward_passes_over_pages_that_are_not_asked() -> None:
    assert _ids({}) == ["name", "number", "home", "stall", "capital", "lines", "promise"]
    assert _ids({"number": "096190001234", "helped": "YES"}) == [
        "name",
        "number",
        "stall",
        "capital",
        "helper",
        "lines",
        "promise",
    ]


def test_walking_back_is_the_reverse() -> None:
    answers = {"number": "096190001234"}
    before = previous_page(FORM, answers, "stall", on=TODAY)
    assert before
    assert before.id == "number"
    assert previous_page(FORM, answers, "name", on=TODAY) is None


def test_going_on_starts_where_something_is_missing() -> None:
    assert first_unanswered(FORM, COMPLETE, TODAY, places=PLACES) is None
    page = first_unanswered(FORM, COMPLETE | {"helper": {}}, TODAY)
    assert page
    assert page.id == "helper"


def test_progress_counts_the_pages_that_are_asked() -> None:
    page = page_of(FORM, COMPLETE, "capital", on=TODAY)
    assert page
    assert progress(FORM, COMPLETE, page, on=TODAY) == (5, 8)
    assert progress(FORM, {"number": "096190001234"}, page, on=TODAY) == (4, 6)


def test_answering_a_page_reads_and_checks_only_that_page() -> None:
    page = page_of(FORM, {}, "name", on=TODAY)
    assert page
    reading = answer(FORM, page, {"full_name": "Đước"}, previous={}, on=TODAY)
    assert list(reading.errors) == ["birth_date"]
    sent = {"full_name": "Đước", "birth_date": "1/1/2000"}
    assert answer(FORM, page, sent, previous={}, on=TODAY).errors == {}


def test_an_answer_that_opens_a_question_on_the_same_page_shows_it_first() -> None:
    page = page_of(FORM, {}, "stall", on=TODAY)
    assert page
    opened = answer(FORM, page, {"kind": "CART"}, previous={}, on=TODAY)
    assert (opened.stay, opened.errors) == (True, {})
    again = page_of(FORM, opened.answers, "stall", on=TODAY)
    assert again
    left_empty = answer(FORM, again, {"kind": "CART", "wheels": ""}, previous=opened.answers, on=TODAY)
    assert (left_empty.stay, list(left_empty.errors)) == (False, ["wheels"])
    closed = answer(FORM, again, {"kind": "FIXED", "wheels": "77"}, previous=opened.answers, on=TODAY)
    assert (closed.stay, closed.errors) == (False, {})


def test_a_page_with_a_button_pressed_is_not_blamed() -> None:
    page = page_of(FORM, COMPLETE, "lines", on=TODAY)
    assert page
    reading = answer(FORM, page, {"lines.0.name": "", "add:lines": ""}, previous={}, on=TODAY)
    assert (reading.stay, reading.errors, reading.answers["lines"]) == (True, {}, [{}, {}])

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from camaug.catalogue.forms.answers import check, read
from camaug.catalogue.forms.controls import Choice
from camaug.catalogue.forms.render import FieldView, compact_view, page_view
from tests.unit.forms.example import COMPLETE, FORM, PLACES, TODAY

PAGES = {page.id: page for page in FORM.pages()}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


class _Controls(HTMLParser):
    """What a browser would send, the ids, and what points to an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.pointers: set[str] = set()
        self.names: set[str] = set()
        self._select = self._area = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        for pointer in ("for", "aria-describedby", "list"):
            self.pointers |= set(values.get(pointer, "").split())
        if values.get("href", "").startswith("#"):
            self.pointers.add(values["href"][1:])
        name = values.get("name", "")
        if name and tag in ("input", "select", "textarea"):
            self.names.add(name)
        chosen = values.get("type") not in ("radio", "checkbox") or "checked" in values
        if tag == "input" and chosen and values.get("value"):
            self.sent.setdefault(name, []).append(values["value"])
        if tag == "select":
            self._select = name
        if tag == "option" and "selected" in values and self._select:
            self.sent.setdefault(self._select, []).append(values["value"])
        if tag == "textarea":
            self._area = name

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent.setdefault(self._area, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


def _page(page_id: str, answers: Mapping[str, Any], errors: Mapping[str, str] | None = None) -> str:
    view = page_view(PAGES[page_id], answers, errors, language="en", places=PLACES)
    return render_to_string("catalogue/forms/page.html", {"page": view})


def _compact(answers: Mapping[str, Any], errors: Mapping[str, str] | None = None) -> str:
    view = compact_view(FORM, answers, errors, language="en", places=PLACES)
    return render_to_string("catalogue/forms/compact.html", {"form": view})


@pytest.mark.parametrize("page_id", PAGES)
def test_a_page_shows_its_answers_so_that_sending_it_unchanged_changes_nothing(page_id: str) -> None:
    sent = _Controls(_page(page_id, COMPLETE)).sent
    reading = read(PAGES[page_id].fields, sent, places=PLACES)
    assert reading.errors == {}
    expected = {field.id: COMPLETE[field.id] for field in PAGES[page_id].fields if field.id in COMPLETE}
    assert reading.answers == expected


def test_the_counter_form_sent_unchanged_changes_nothing() -> None:
    reading = read(FORM.fields(), _Controls(_compact(COMPLETE)).sent, places=PLACES)
    assert reading.errors == {}
    assert reading.answers == COMPLETE


BAD = {
    "full_name": '<script>alert(1)</script> {{ 7 }} "',
    "birth_date": "31//1990",
    "phone": "12",
    "home": {"place": "phường"},
    "wheels": "ba",
    "capital": "nhiều",
    "kind": "CART",
    "helped": "YES",
    "lines": [{"name": ""}, {"food": "YES"}],
}


@pytest.mark.parametrize("html", [_compact(BAD), *(_page(page_id, BAD) for page_id in PAGES)], ids=["compact", *PAGES])
def test_what_was_typed_wrongly_is_shown_again_as_text(html: str) -> None:
    assert "<script>" not in html
    assert ("{{ 7 }}" in html) is ('name="full_name"' in html)


@pytest.mark.parametrize("whole", [True, False])
def test_every_error_is_listed_and_leads_to_its_field(whole: bool) -> None:
    errors = check(FORM, BAD, on=TODAY, places=PLACES)
    assert {"lines.0.name", "lines.1.licence", "helper.full_name"} <= set(errors)
    pages = [_compact(BAD, errors)] if whole else [_page(page_id, BAD, errors) for page_id in PAGES]
    for html in pages:
        controls = _Controls(html)
        assert controls.pointers <= set(controls.ids)
        assert len(controls.ids) == len(set(controls.ids))
    assert sum(html.count("govuk-error-message") for html in pages) == len(errors)
    assert "Họ, chữ đệm, tên" not in errors["full_name"]
    assert ">Full name: Write the name in letters only" in "".join(pages)


def test_a_single_question_is_the_heading_of_its_page() -> None:
    html = _page("promise", {})
    assert html.count("<h1") == 1
    html = _page("home", {})
    assert html.count("<h1") == 1
    assert "govuk-fieldset__legend--l" in html
    assert _page("name", {}).count("<h1") == 1


def test_a_conditional_question_is_on_the_page_once_its_condition_holds() -> None:
    assert 'name="wheels"' not in _page("stall", {"kind": "FIXED"})
    assert 'name="wheels"' in _page("stall", {"kind": "CART"})


def test_the_counter_form_holds_all_questions_with_their_conditions() -> None:
    html = _compact({})
    view = compact_view(FORM, {}, language="en", places=PLACES)
    fields = {one.name: one for section in view.sections for one in section.fields}
    assert set(fields) == {field.id for field in FORM.fields()}
    assert json.loads(fields["wheels"].when) == {"field": "kind", "is": "CART"}
    assert json.loads(fields["helper"].when) == {"field": "helped", "is": "YES"}
    assert html.count("data-when=") == 4
    assert 'data-within="lines.0."' in html


def test_lists_of_places_open_one_below_the_other() -> None:
    def choices(home: dict[str, str]) -> dict[str, int]:
        view = page_view(PAGES["home"], {"home": home}, language="en", places=PLACES)
        return {part.name: len(part.options) for part in view.fields[0].parts if part.kind == "select"}

    assert choices({}) == {"home.province": 2, "home.district": 0, "home.commune": 0}
    assert choices({"province": "96"}) == {"home.province": 2, "home.district": 2, "home.commune": 0}
    assert choices({"province": "96", "district": "964"})["home.commune"] == 2


def test_the_counter_offers_the_communes_that_fit_the_words() -> None:
    view = compact_view(FORM, {"home": {"place": "phuong 2"}}, language="en", places=PLACES)
    home = next(one for section in view.sections for one in section.fields if one.name == "home")
    assert home.parts[0].suggestions == (
        "Phường 2, Thành phố Bạc Liêu, Tỉnh Bạc Liêu",
        "Phường 2, Thành phố Cà Mau, Tỉnh Cà Mau",
    )


def test_rows_can_be_added_until_there_are_enough_and_removed_down_to_the_least() -> None:
    row = {"name": "Nón", "food": "NO"}
    assert 'name="add" value="lines"' in _page("lines", {"lines": [row]}).replace(
        'name="add"  value', 'name="add" value'
    )
    assert 'name="remove"' not in _page("lines", {"lines": [row]})
    assert _page("lines", {"lines": [row, row]}).count('name="remove"') == 2
    assert 'name="add"' not in _page("lines", {"lines": [row] * 3})


def test_the_right_keyboard_opens_and_the_browser_may_help() -> None:
    html = _page("number", {})
    assert 'id="phone" name="phone" type="text" value="" aria-required="true" inputmode="tel"' in html
    assert 'autocomplete="tel"' in html
    assert 'autocomplete="bday-day"' in _page("name", {})
    assert 'autocomplete="tel"' not in _compact({})


def test_many_choices_become_a_list() -> None:
    kind = PAGES["stall"].fields[0]
    many = tuple(kind.options[0].model_copy(update={"id": f"K{n}"}) for n in range(8))
    page = PAGES["stall"].model_copy(update={"fields": (kind.model_copy(update={"options": many}),)})
    assert page_view(page, {}, language="en").fields[0].kind == "select"


def test_answers_that_are_long_or_explained_take_a_row_of_the_counter_form() -> None:
    short = Choice("YES", "Yes"), Choice("NO", "No")
    explained = Choice("YES", "Yes", hint="Only once"), Choice("NO", "No")
    long = Choice("PAPER", "With a paper of the hospital"), Choice("NONE", "Without")
    wide = {answers: FieldView("radios", "x", "x", "?", options=answers).wide for answers in (short, explained, long)}
    assert wide == {short: False, explained: True, long: True}
    assert not FieldView("select", "x", "x", "?", options=long).wide

"""Walking through a form: next and previous page, where to go on, how far one is, and answering one page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from camaug.catalogue.definition.eform import EForm, Page
from camaug.catalogue.forms.checking import check
from camaug.catalogue.forms.places import Places
from camaug.catalogue.forms.reading import Data, Reading, read
from camaug.catalogue.forms.showing import visible


def page_of(form: EForm, answers: Mapping[str, Any], page_id: str) -> Page | None:
    """The page with that id, with the fields now asked; None where it is not asked."""
    return next((page for page in visible(form, answers) if page.id == page_id), None)


def next_page(form: EForm, answers: Mapping[str, Any], after: str | None) -> Page | None:
    """The page to ask after that one (None: the first page); None after the last."""
    behind = _behind(form, after)
    return next((page for page in visible(form, answers) if page.id in behind), None)


def previous_page(form: EForm, answers: Mapping[str, Any], before: str) -> Page | None:
    """The page asked before that one; None before the first."""
    behind = {*_behind(form, before), before}
    earlier = [page for page in visible(form, answers) if page.id not in behind]
    return earlier[-1] if earlier else None


def first_unanswered(form: EForm, answers: Mapping[str, Any], on: date, *, places: Places | None = None) -> Page | None:
    """The first page with something missing or wrong on that day; None where the form is ready."""
    wrong = {path.split(".")[0] for path in check(form, answers, on=on, places=places)}
    return next((page for page in visible(form, answers) if any(field.id in wrong for field in page.fields)), None)


def progress(form: EForm, answers: Mapping[str, Any], page: Page) -> tuple[int, int]:
    """Page n of m, counting the pages asked given the answers so far."""
    asked = [one.id for one in visible(form, answers)]
    return (asked.index(page.id) + 1 if page.id in asked else len(asked)), len(asked)


def answer(
    form: EForm,
    page: Page,
    data: Data,
    *,
    previous: Mapping[str, Any],
    on: date,
    places: Places | None = None,
) -> Reading:
    """A page sent in: read, then checked. `stay` also where the answers open a question on the same page."""
    whole = next(one for one in form.pages() if one.id == page.id)
    reading = read(whole.fields, data, previous=previous, places=places)
    if reading.stay:
        return reading
    errors = check(form, reading.answers, on=on, page=page, places=places) | reading.errors
    before = page_of(form, previous, page.id)
    shown = {field.id for field in (before or page).fields}
    now = page_of(form, reading.answers, page.id)
    opened = {field.id for field in now.fields} - shown if now else set()
    if any(path.split(".")[0] in opened for path in errors):
        return replace(reading, errors={}, stay=True)
    asked = {field.id for field in now.fields} if now else set()
    return replace(reading, errors={path: text for path, text in errors.items() if path.split(".")[0] in asked})


def _behind(form: EForm, page_id: str | None) -> list[str]:
    order = [page.id for page in form.pages()]
    return order[order.index(page_id) + 1 :] if page_id in order else order

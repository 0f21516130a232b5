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


def page_of(form: EForm, answers: Mapping[str, Any], page_id: str, *, on: date) -> Page | None:
    """The page with that id, with the fields now asked; None where it is not asked."""
    return next((page for page in visible(form, answers, on=on) if page.id == page_id), None)


def next_page(form: EForm, answers: Mapping[str, Any], after: str | None, *, on: date) -> Page | None:
    """The page to ask after that one (None: the first page); None after the last."""
    behind = _behind(form, after)
    return next((page for page in visible(form, answers, on=on) if page.id in behind), None)


def previous_page(form: EForm, answers: Mapping[str, Any], before: str, *, on: date) -> Page | None:
    """The page asked before that one; None before the first."""
    behind = {*_behind(form, before), before}
    earlier = [page for page in visible(form, answers, on=on) if page.id not in behind]
    return earlier[-1] if earlier else None


def first_unanswered(form: EForm, answers: Mapping[str, Any], on: date, *, places: Places | None = None) -> Page | None:
    """The first page with something missing or wrong on that day; None where the form is ready."""
    wrong = {path.split(".")[0] for path in check(form, answers, on=on, places=places)}
    return next(
        (page for page in visible(form, answers, on=on) if any(field.id in wrong for field in page.fields)), None
    )


def progress(form: EForm, answers: Mapping[str, Any], page: Page, *, on: date) -> tuple[int, int]:
    """Page n of m, counting the pages asked given the answers so far."""
    asked = [one.id for one in visible(form, answers, on=on)]
    return (asked.index(page.id) + 1 if page.id in asked else len(asked)), len(asked)


def answer(
    form: EForm,
    page: Page | None,
    data: Data,
    *,
    previous: Mapping[str, Any],
    on: date,
    places: Places | None = None,
) -> Reading:
    """A page sent in, or with None the counter's whole form: read, then checked.

    `stay` is set where a button on the page was pressed, or where the answers open a question on the same page.
    """
    pages = [one for one in form.pages() if page is None or one.id == page.id]
    reading = read([field for one in pages for field in one.fields], data, previous=previous, places=places)
    if reading.stay:
        return reading
    errors = check(form, reading.answers, on=on, page=page, places=places) | reading.errors
    asked = _field_ids(form, reading.answers, page, on)
    if page is not None:
        opened = asked - (_field_ids(form, previous, page, on) or {field.id for field in page.fields})
        if any(path.split(".")[0] in opened for path in errors):
            return replace(reading, errors={}, stay=True)
    return replace(reading, errors={path: text for path, text in errors.items() if path.split(".")[0] in asked})


def _field_ids(form: EForm, answers: Mapping[str, Any], page: Page | None, on: date) -> set[str]:
    pages = [one for one in visible(form, answers, on=on) if page is None or one.id == page.id]
    return {field.id for one in pages for field in one.fields}


def _behind(form: EForm, page_id: str | None) -> list[str]:
    order = [page.id for page in form.pages()]
    return order[order.index(page_id) + 1 :] if page_id in order else order

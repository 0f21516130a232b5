"""The answers as labelled text: for "check your answers", the page of a case and the printed declaration."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.eform import EForm, FieldType, FormField, Page, PersonPart
from camaug.catalogue.forms.controls import options
from camaug.catalogue.forms.dates import display_day
from camaug.catalogue.forms.parts import both, is_entered, part_fields
from camaug.catalogue.forms.showing import fields_shown, in_row, standing, visible
from camaug.catalogue.forms.values import grouped
from camaug.catalogue.forms.wording import said
from camaug.people.numbers import display_phone
from camaug.ui.vietnamese import date_in_words, money_in_words, number_in_words

_AGREED = _("Agreed")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a GROUP as a table."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer. `text` is empty where nothing was answered; `part` marks what belongs to the person named above it;
    `words` says a day or a sum in Vietnamese words; `table` holds the rows of a GROUP, whose `text` has them as lines.
    """

    label: str
    text: str
    page_id: str
    path: str
    part: bool = False
    words: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A part of the form with the answers to its questions that were asked."""

    title: str
    rows: tuple[SummaryRow, ...]


def summary(
    form: EForm, answers: Mapping[str, Any], *, language: str, on: date | None = None, printed: bool = False
) -> tuple[SummarySection, ...]:
    """All questions asked, given the answers. `printed`: what the official form has, names in capitals.

    `on` as in `visible`.
    """
    told = _Teller(language, printed)
    kept = standing(form, answers, on)
    asked = {page.id: page for page in visible(form, answers, on=on)}
    sections = []
    for section in form.sections:
        pages = [asked[page.id] for page in section.pages if page.id in asked]
        rows = tuple(row for page in pages for row in told.page(page, kept))
        if rows:
            sections.append(SummarySection(said(section, "title", language), rows))
    return tuple(sections)


def text_of(field: FormField, value: Any, language: str) -> str:
    """One answer as people write it; what could not be understood stands as it was typed."""
    if value in (None, "", [], {}):
        return ""
    if field.type == FieldType.ADDRESS:
        return str(value.get("text") or value.get("place") or "") if isinstance(value, Mapping) else str(value)
    if field.type in (FieldType.CHOICE, FieldType.YES_NO, FieldType.CHOICES):
        chosen = value if isinstance(value, list) else [value]
        labels = {choice.value: choice.label for choice in options(field, language)}
        return ", ".join(labels.get(str(one), str(one)) for one in chosen)
    if field.type == FieldType.AGREE:
        return both(_AGREED)[language.startswith("en")] if value is True else ""
    if field.type in (FieldType.NUMBER, FieldType.MONEY) and isinstance(value, int):
        return f"{grouped(value)}\u00a0đồng" if field.type == FieldType.MONEY else grouped(value)
    if field.type == FieldType.DATE:
        return display_day(str(value))
    return display_phone(value) if field.type == FieldType.PHONE and str(value).startswith("+") else str(value)


@dataclass(frozen=True, slots=True)
class _Teller:
    language: str
    printed: bool

    def page(self, page: Page, answers: Mapping[str, Any]) -> Iterator[SummaryRow]:
        for field in page.fields:
            if field.printed or not self.printed:
                yield from self.rows(field, answers.get(field.id), answers, page.id)

    def rows(self, field: FormField, value: Any, answers: Mapping[str, Any], page_id: str) -> Iterator[SummaryRow]:
        if field.type == FieldType.PERSON:
            yield from self.person(field, value, page_id)
        elif field.type == FieldType.GROUP:
            yield self.group(field, value, answers, page_id)
        else:
            words = in_words(field, value) if field.words else ""
            yield SummaryRow(self.label(field), self.text(field, value), page_id, field.id, words=words)

    def person(self, field: FormField, value: Any, page_id: str) -> Iterator[SummaryRow]:
        own = value if isinstance(value, Mapping) and is_entered(value) else {}
        for number, part in enumerate(part_fields(field)):
            named = part.id == PersonPart.FULL_NAME
            label = self.label(field) if named or number == 0 else self.label(part)
            path = f"{field.id}.{part.id}"
            if number == 0 or (own and not _said_otherwise(part, own)):
                yield SummaryRow(label, self.text(part, own.get(part.id)), page_id, path, part=number > 0)

    def group(self, field: FormField, value: Any, answers: Mapping[str, Any], page_id: str) -> SummaryRow:
        given = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        columns = tuple(_columns(field.fields))
        cells = tuple(tuple(self.cell(field, row, column, answers) for column in columns) for row in given)
        head = tuple(self.label(column[-1]) for column in columns)
        lines = ["; ".join(_named(head, row)) for row in cells]
        text = "\n".join(f"{number}. {line}" if len(lines) > 1 else line for number, line in enumerate(lines, 1))
        return SummaryRow(self.label(field), text, page_id, field.id, table=Table(head, cells))

    def cell(
        self, group: FormField, row: Mapping[str, Any], column: Sequence[FormField], answers: Mapping[str, Any]
    ) -> str:
        if column[0] not in fields_shown(group.fields, in_row(row, answers)):
            return ""
        value: Any = row
        for field in column:
            value = value.get(field.id) if isinstance(value, Mapping) else None
        if self.printed and column[-1].type == FieldType.AGREE:
            return "X" if value is True else ""
        return self.text(column[-1], value)

    def label(self, field: FormField) -> str:
        return said(field, "label", self.language)

    def text(self, field: FormField, value: Any) -> str:
        text = text_of(field, value, self.language)
        return text.upper() if self.printed and (field.capitals or field.type == FieldType.NAME) else text


def in_words(field: FormField, value: Any) -> str:
    """A day, a sum or a number in Vietnamese words; empty for what is none."""
    if field.type == FieldType.DATE:
        try:
            return date_in_words(date.fromisoformat(str(value)))
        except ValueError:
            return ""
    if type(value) is not int:
        return ""
    return money_in_words(value) if field.type == FieldType.MONEY else number_in_words(value).capitalize()


def _said_otherwise(part: FormField, person: Mapping[str, Any]) -> bool:
    """A year of birth need not stand beside the day, nor an open day beside the year."""
    other = {"birth_date": "birth_year", "birth_year": "birth_date"}.get(part.id, "")
    return not person.get(part.id) and bool(person.get(other))


def _columns(fields: Sequence[FormField]) -> Iterator[tuple[FormField, ...]]:
    for field in fields:
        if field.type == FieldType.PERSON:
            yield from ((field, part) for part in part_fields(field))
        else:
            yield (field,)


def _named(head: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """The first cell speaks for itself, the others by name."""
    for number, (label, text) in enumerate(zip(head, row, strict=True)):
        if text:
            yield text if number == 0 else f"{label}: {text}"

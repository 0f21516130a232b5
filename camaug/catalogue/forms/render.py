"""Questions as templates need them: names, ids, labels, values, options and errors, for the portal and the counter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from camaug.catalogue.definition.conditions import as_of
from camaug.catalogue.definition.eform import EForm, FieldType, FormField, Page, Prefill
from camaug.catalogue.forms.controls import KINDS, Choice, attributes, options, shown_value
from camaug.catalogue.forms.parts import part_fields
from camaug.catalogue.forms.place_choice import place_parts
from camaug.catalogue.forms.places import Places
from camaug.catalogue.forms.reading import MOST_ROWS
from camaug.catalogue.forms.showing import fields_shown, in_row, page_shown
from camaug.catalogue.forms.suggestions import suggestions
from camaug.catalogue.forms.wording import said

MOST_RADIOS = 7
"""More answers than these are a list to choose from, unless they explain themselves."""
MOST_RADIOS_IN_ROW = 2
"""Rows come many times: a list of answers in each stays closed."""

MOST_LETTERS_ASIDE = 24
"""Radios whose answers are longer together take a row of the counter's form for themselves."""


@dataclass(frozen=True)
class FieldView:
    """One question. `kind` names its template; `id` is where an error links to; `title` is the official label where
    `label` asks in plain words; `when` is its condition as JSON, for the counter's script;
    `row` is what one row of a group is called.
    """

    kind: str
    name: str
    id: str
    label: str
    hint: str = ""
    error: str = ""
    required: bool = False
    size: str = ""
    value: Any = ""
    options: tuple[Choice, ...] = ()
    attrs: Mapping[str, str] = field(default_factory=dict)
    parts: tuple["FieldView", ...] = ()
    rows: tuple["RowView", ...] = ()
    suggestions: tuple[str, ...] = ()
    when: str = ""
    empty: str = ""
    birthday: bool = False
    narrows: bool = False
    title: str = ""
    row: str = ""
    growable: bool = False

    @property
    def wide(self) -> bool:
        """Whether its answers are too much for a place beside other questions on the counter's dense form."""
        answers = self.options if self.kind == "radios" else ()
        return any(one.hint for one in answers) or sum(len(one.label) for one in answers) > MOST_LETTERS_ASIDE

    @property
    def optional(self) -> bool:
        """Whether it says so beside its label; a tick box and the parts of an address never do."""
        return not self.required and self.kind not in ("checkbox", "place") and "data-places" not in self.attrs


@dataclass(frozen=True)
class RowView:
    """One row of a GROUP, counted from 1; `path` is where the names of its fields begin."""

    number: int
    path: str
    fields: tuple[FieldView, ...]
    removable: bool


@dataclass(frozen=True)
class PageView:
    """One page of the portal. `heading` is empty where the single question is the heading; `errors` by element id."""

    id: str
    heading: str
    hint: str
    fields: tuple[FieldView, ...]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class CompactSection:
    """One section of the counter's form."""

    id: str
    title: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class CompactView:
    """The whole form for the counter, on one screen."""

    sections: tuple[CompactSection, ...]
    errors: Mapping[str, str]


def page_view(
    page: Page,
    answers: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    language: str,
    places: Places | None = None,
    on: date | None = None,
    prefix: str = "",
) -> PageView:
    """A page with only the fields now asked. `errors` by field path, as `read` and `check` give them.

    `on`: the day, for a question that depends on it; a page that `page_of` or `next_page` gave has been sifted already.
    """
    asked = fields_shown(page.fields, as_of(answers, on) if on else answers)
    alone = len(asked) == 1 and asked[0].type not in (FieldType.GROUP, FieldType.PERSON, FieldType.AGREE)
    painter = _Painter(errors or {}, language, places, compact=False)
    fields = tuple(painter.fields(asked, answers, answers, prefix, size="l" if alone else ""))
    heading = "" if alone else said(page, "title", language)
    if alone and not asked[0].ask:
        fields = (_renamed(fields[0], said(page, "title", language)),)
    return PageView(page.id, heading, said(page, "hint", language), fields, error_links(fields))


def compact_view(
    form: EForm,
    answers: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    language: str,
    places: Places | None = None,
    prefix: str = "",
) -> CompactView:
    """The whole form. Conditional fields are all there, each with its condition for the script that hides them."""
    painter = _Painter(errors or {}, language, places, compact=True)
    sections = []
    for section in form.sections:
        fields = [one for page in section.pages for one in page_shown(page)]
        painted = tuple(painter.fields(fields, answers, answers, prefix))
        sections.append(CompactSection(section.id, said(section, "title", language), painted))
    return CompactView(tuple(sections), error_links([one for section in sections for one in section.fields]))


def error_links(fields: Sequence[FieldView]) -> dict[str, str]:
    """For the summary above the form: element id to "label: sentence", in the order of the page."""
    return dict(_links(fields))


def _links(fields: Sequence[FieldView]) -> Iterator[tuple[str, str]]:
    for one in fields:
        if one.error:
            title = one.title or one.label
            yield one.id, f"{title}{'' if title.endswith('?') else ':'} {one.error}"
        yield from _links(one.parts)
        for row in one.rows:
            yield from _links(row.fields)


def _renamed(view: FieldView, label: str) -> FieldView:
    return FieldView(**{**view.__dict__, "label": label})


@dataclass(frozen=True)
class _Painter:
    errors: Mapping[str, str]
    language: str
    places: Places | None
    compact: bool
    repeated: bool = False

    def fields(
        self, fields: Sequence[FormField], own: Mapping[str, Any], seen: Mapping[str, Any], prefix: str, size: str = ""
    ) -> Iterator[FieldView]:
        for one in fields:
            yield self.field(one, own.get(one.id), seen, prefix + one.id, size)

    def field(self, one: FormField, value: Any, seen: Mapping[str, Any], name: str, size: str) -> FieldView:
        choices = options(one, self.language)
        most = MOST_RADIOS_IN_ROW if self.repeated else MOST_RADIOS
        many = len(choices) > most and not any(choice.hint for choice in choices)
        kind = "select" if KINDS[one.type] == "radios" and many else KINDS[one.type]
        if kind == "date" and self.compact:
            kind = "input"
        return FieldView(
            kind=kind,
            name=name,
            id=f"{name}-group" if kind in ("person", "group") else name,
            label=self.label(one),
            title=said(one, "label", self.language),
            row=said(one, "row", self.language) if one.row else self.label(one),
            hint=said(one, "hint", self.language),
            error=self.errors.get(name, ""),
            required=one.required,
            size=size,
            value=shown_value(one, value, compact=self.compact),
            options=choices,
            attrs=attributes(one, name, compact=self.compact),
            parts=self.parts(one, value, seen, name),
            rows=tuple(self.rows(one, value, seen, name)) if one.type == FieldType.GROUP else (),
            suggestions=suggestions(one),
            when=one.when.model_dump_json(by_alias=True, exclude_defaults=True) if one.when and self.compact else "",
            empty=_("Choose an answer") if kind == "select" else "",
            birthday=one.prefill == Prefill.APPLICANT_BIRTH_DATE,
            growable=not isinstance(value, list) or len(value) < (one.at_most or MOST_ROWS),
        )

    def label(self, one: FormField) -> str:
        if self.compact or not one.ask:
            return said(one, "label", self.language)
        return said(one, "ask", self.language)

    def parts(self, one: FormField, value: Any, seen: Mapping[str, Any], name: str) -> tuple[FieldView, ...]:
        own = value if isinstance(value, Mapping) else {}
        if one.type == FieldType.PERSON:
            return tuple(self.fields(part_fields(one), own, seen, f"{name}."))
        if one.type == FieldType.ADDRESS:
            return tuple(FieldView(**part) for part in place_parts(own, name, self.places, compact=self.compact))
        return ()

    def rows(self, one: FormField, value: Any, seen: Mapping[str, Any], name: str) -> Iterator[RowView]:
        given = [row if isinstance(row, Mapping) else {} for row in value] if isinstance(value, list) else []
        least = max(one.at_least, 1)
        painter = replace(self, repeated=True)
        for number, row in enumerate([*given, *[{}] * (least - len(given))]):
            known = in_row(row, seen)
            fields = one.fields if self.compact else fields_shown(one.fields, known)
            painted = tuple(painter.fields(fields, row, known, f"{name}.{number}."))
            yield RowView(number + 1, f"{name}.{number}.", painted, removable=max(len(given), least) > least)

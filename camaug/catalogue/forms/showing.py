"""Which questions are asked, given the answers so far. Answers to hidden questions count for nothing."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from camaug.catalogue.definition.conditions import DAY, All, Condition, Not, Test, as_of
from camaug.catalogue.definition.eform import EForm, FieldType, FormField, Page
from camaug.catalogue.forms.addresses import written
from camaug.catalogue.forms.parts import is_entered, part_fields
from camaug.catalogue.forms.places import Places

_ROUNDS = 10
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def visible(form: EForm, answers: Mapping[str, Any], *, on: date | None = None) -> tuple[Page, ...]:
    """The pages to be asked on that day, each with only the fields to be asked.

    Without a day (answers that were given before) a question that depends on the day counts as asked if answered.
    """
    return settled(form, answers, on)[1]


def standing(form: EForm, answers: Mapping[str, Any], on: date | None = None) -> dict[str, Any]:
    """The answers to questions that are asked, and the day."""
    return settled(form, answers, on)[0]


def settled(form: EForm, answers: Mapping[str, Any], on: date | None = None) -> tuple[dict[str, Any], tuple[Page, ...]]:
    """Both together: the answers that stand, and the pages to be asked.

    Hiding one question may hide the next, hence the rounds.
    """
    given = as_of(answers, on) if on else answers
    kept = {name: value for name, value in given.items() if value not in _EMPTY}
    for _round in range(_ROUNDS):
        asked = _asked(form, kept)
        names = {field.id for _page, fields in asked for field in fields} | {DAY}
        fewer = {name: value for name, value in kept.items() if name in names}
        if len(fewer) == len(kept):
            break
        kept = fewer
    else:
        asked = _asked(form, kept)
    return kept, tuple([_only(page, fields) for page, fields in asked])


def prune(
    form: EForm, answers: Mapping[str, Any], *, on: date | None = None, places: Places | None = None
) -> dict[str, Any]:
    """What is submitted: answers to asked questions only, in the form's order, rows and persons likewise.

    `on` as in `visible`. `places` also writes out the text of addresses that came as codes.
    """
    return pruned(*settled(form, answers, on), places)


def pruned(kept: Mapping[str, Any], pages: Sequence[Page], places: Places | None = None) -> dict[str, Any]:
    """The same of what is `settled` already."""
    fields = [field for page in pages for field in page.fields]
    return _filled(fields, kept, kept, places)


def fields_shown(fields: Sequence[FormField], answers: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The fields whose condition holds."""
    if DAY in answers:
        return tuple([field for field in fields if field.when is None or field.when.holds(answers)])
    return tuple(field for field in fields if _shown(field, answers))


def page_shown(page: Page) -> Iterator[FormField]:
    """All fields of a page, each with the page's condition joined to its own."""
    for field in page.fields:
        conditions = tuple(condition for condition in (page.when, field.when) if condition is not None)
        joined = All(all=conditions) if len(conditions) > 1 else next(iter(conditions), None)
        yield field.model_copy(update={"when": joined})


def in_row(row: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers as a row's conditions see them: its own first."""
    return ChainMap(dict(row), dict(answers))


def needs_a_day(condition: Condition | None) -> bool:
    """Whether the condition counts days up to the day of asking."""
    if condition is None:
        return False
    if isinstance(condition, Test):
        return condition.more_days_ago_than is not None
    if isinstance(condition, Not):
        return needs_a_day(condition.not_)
    return any(needs_a_day(part) for part in (condition.all if isinstance(condition, All) else condition.any))


def _asked(form: EForm, answers: Mapping[str, Any]) -> list[tuple[Page, tuple[FormField, ...]]]:
    found = []
    for page in form.pages():
        if DAY not in answers and needs_a_day(page.when):
            fields = tuple(field for field in page.fields if field.id in answers)
        else:
            fields = fields_shown(page.fields, answers) if _holds(page.when, answers) else ()
        if fields:
            found.append((page, fields))
    return found


def _only(page: Page, fields: tuple[FormField, ...]) -> Page:
    return page if len(fields) == len(page.fields) else page.model_copy(update={"fields": fields})


def _shown(field: FormField, answers: Mapping[str, Any]) -> bool:
    if DAY not in answers and needs_a_day(field.when):
        return answers.get(field.id) not in _EMPTY
    return _holds(field.when, answers)


def _holds(when: Condition | None, answers: Mapping[str, Any]) -> bool:
    return when is None or when.holds(answers)


def _filled(
    fields: Sequence[FormField], own: Mapping[str, Any], seen: Mapping[str, Any], places: Places | None
) -> dict[str, Any]:
    pruned = {field.id: _pruned(field, own.get(field.id), seen, places) for field in fields}
    return {name: value for name, value in pruned.items() if value not in _EMPTY}


def _pruned(field: FormField, value: Any, answers: Mapping[str, Any], places: Places | None) -> Any:
    if field.type == FieldType.PERSON:
        return _filled(part_fields(field), value, answers, places) if is_entered(value) else None
    if field.type == FieldType.ADDRESS and isinstance(value, Mapping) and places:
        return {**value, "text": written(value, places)}
    if field.type == FieldType.GROUP and isinstance(value, list):
        rows = [(in_row(row, answers), row) for row in value if isinstance(row, Mapping)]
        pruned = [_filled(fields_shown(field.fields, seen), row, seen, places) for seen, row in rows]
        return [row for row in pruned if row]
    return value

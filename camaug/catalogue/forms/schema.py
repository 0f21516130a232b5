"""The JSON schema (draft 2020-12) of an e-form's answers, as the API publishes it: types, limits, conditions, checks.

It says what `check` says, but for what needs a day (past, future), a checksum, the list of places or of all letters.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from camaug.catalogue.definition.conditions import All, AnyOf, Condition, Not, Test
from camaug.catalogue.definition.eform import EForm, FieldType, FormField
from camaug.catalogue.forms.parts import part_fields
from camaug.catalogue.forms.reading import MOST_ROWS
from camaug.catalogue.forms.showing import needs_a_day, page_shown
from camaug.catalogue.forms.values import DIGITS, length_limit, option_ids

type Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_CODE = {"type": "string", "pattern": "^[0-9]{2,10}$"}
_ADDRESS: Schema = {
    "type": "object",
    "properties": {
        "province": _CODE,
        "district": _CODE,
        "commune": _CODE,
        "detail": {"type": "string", "maxLength": 200},
        "text": {"type": "string", "maxLength": 500},
    },
    "additionalProperties": False,
}


def json_schema(form: EForm) -> Schema:
    """The schema of an object with one property a question asked; see FieldType for the values."""
    fields = [field for page in form.pages() for field in page_shown(page)]
    return {"$schema": DIALECT, "title": form.title, **_object(fields)}


def _object(fields: Sequence[FormField]) -> Schema:
    required = [field.id for field in fields if field.when is None and _is_required(field)]
    rules = list(_rules(fields))
    return {
        "type": "object",
        "properties": {field.id: _field(field) for field in fields},
        "additionalProperties": False,
        **({"required": required} if required else {}),
        **({"allOf": rules} if rules else {}),
    }


def _is_required(field: FormField) -> bool:
    return field.required or field.at_least > 0


def _rules(fields: Sequence[FormField]) -> Iterator[Schema]:
    for field in fields:
        if field.when is not None and _is_required(field) and not needs_a_day(field.when):
            yield {"if": _condition(field.when), "then": {"required": [field.id]}}
        for rule in field.checks:
            broken = _condition(rule.when) if field.when is None else _condition(All(all=(field.when, rule.when)))
            if not needs_a_day(rule.when):
                yield {"not": broken, "description": rule.sentence}


def _field(field: FormField) -> Schema:
    schema = _TYPES[field.type](field)
    return {"title": field.label, **({"description": field.hint} if field.hint else {}), **schema}


def _text(field: FormField) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": length_limit(field)}


def _pattern(pattern: str) -> Callable[[FormField], Schema]:
    return lambda field: {**_text(field), "pattern": pattern}


def _number(field: FormField) -> Schema:
    least = 0 if field.min is None else field.min
    return {"type": "integer", "minimum": least, "maximum": 10**DIGITS - 1 if field.max is None else field.max}


def _choice(field: FormField) -> Schema:
    return {"type": "string", "enum": list(option_ids(field))}


def _choices(field: FormField) -> Schema:
    least = {"minItems": 1} if field.required else {}
    return {"type": "array", "items": {"enum": list(option_ids(field))}, "uniqueItems": True, **least}


def _address(field: FormField) -> Schema:
    if field.required:
        return {**_ADDRESS, "required": ["province", "commune"]}
    return {**_ADDRESS, "dependentRequired": {"province": ["commune"]}}


def _group(field: FormField) -> Schema:
    least = max(field.at_least, int(field.required))
    one = {"contains": _marked(field.exactly_one), "minContains": 1, "maxContains": 1} if field.exactly_one else {}
    items = _object(field.fields)
    return {"type": "array", "items": items, "minItems": least, "maxItems": field.at_most or MOST_ROWS, **one}


def _marked(name: str) -> Schema:
    return {"properties": {name: {"enum": [True, "YES"]}}, "required": [name]}


_TYPES: Mapping[FieldType, Callable[[FormField], Schema]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.NAME: _pattern(r"^[^0-9]+$"),
    FieldType.PERSONAL_NUMBER: _pattern(r"^[0-9]{12}$"),
    FieldType.TAX_CODE: _pattern(r"^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$"),
    FieldType.PHONE: _pattern(r"^\+[0-9]{6,15}$"),
    FieldType.EMAIL: lambda field: {**_text(field), "format": "email"},
    FieldType.COORDINATES: _pattern(r"^[0-9]{1,2}([.][0-9]{1,6})?, [0-9]{3}([.][0-9]{1,6})?$"),
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.DATE: lambda _field: {"type": "string", "format": "date", "pattern": _DAY},
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _choice,
    FieldType.ADDRESS: _address,
    FieldType.PERSON: lambda field: _object(part_fields(field)),
    FieldType.GROUP: _group,
    FieldType.AGREE: lambda _field: {"const": True},
}


def _condition(condition: Condition) -> Schema:
    if isinstance(condition, All):
        return {"allOf": [_condition(part) for part in condition.all]}
    if isinstance(condition, AnyOf):
        return {"anyOf": [_condition(part) for part in condition.any]}
    if isinstance(condition, Not):
        return {"not": _condition(condition.not_)}
    return _test(condition)


def _test(test: Test) -> Schema:
    """The comparison as a schema of the whole object; an answer that is missing fits only `filled: false`."""
    empty: Schema = {"enum": [None, "", [], {}]}
    if test.filled is False:
        return {"not": _at(test.field, {"not": empty})}
    wanted = [
        _one_of((test.is_,)) if test.is_ is not None else {},
        _one_of(test.in_) if test.in_ is not None else {},
        {"type": "number", "exclusiveMinimum": float(test.over)} if test.over is not None else {},
        {"not": empty} if test.filled else {},
    ]
    return _at(test.field, {"allOf": [part for part in wanted if part]})


def _one_of(texts: Sequence[str]) -> Schema:
    """The answer, or one in the list of answers, is one of these; a number is meant by its digits."""
    values: list[str | int] = [*texts, *(int(text) for text in texts if re.fullmatch("-?[0-9]+", text))]
    return {"anyOf": [{"enum": values}, {"type": "array", "contains": {"enum": values}}]}


def _at(path: str, schema: Schema) -> Schema:
    for key in reversed(path.split(".")):
        schema = {"type": "object", "properties": {key: schema}, "required": [key]}
    return schema

"""What was typed at the entries of a sheet, as values of the content. A slip of typing is a sentence at its entry."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from camaug.catalogue.definition.conditions import Condition
from camaug.catalogue.drafting.conditions import COMPARISONS, Row, Rows, cleaned, condition_of
from camaug.catalogue.drafting.entries import Entry, Kind, Sheet
from camaug.catalogue.drafting.typed import Typed
from camaug.catalogue.profile_files import ProfileInvalid, parse_yaml
from camaug.kernel.errors import InvalidInput
from camaug.ui.reading import read_date, read_money

LONGEST = 20_000
MOST_ROWS = 40
_TIME = re.compile(r"(\d{1,2})(?:[:hg.](\d{2}))?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)


class Slip(Exception):
    """A slip of typing; its text is the sentence."""


def read_sheet(sheet: Sheet, typed: Typed) -> dict[str, Any]:
    """The values by entry name. Raises InvalidInput with a sentence by entry."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for entry in sheet.entries:
        try:
            values[entry.name] = read(entry, typed)
        except Slip as slip:
            errors[entry.name] = str(slip)
    if errors:
        raise InvalidInput(errors)
    return values


def read(entry: Entry, typed: Typed) -> Any:
    """The value of one entry. Raises Slip."""
    return _READERS[entry.kind](entry, typed)


def _text(entry: Entry, typed: Typed) -> str | None:
    text = typed.get(entry.name, "").replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]
    return text or (None if entry.none else "")


def _lines(entry: Entry, typed: Typed) -> list[str]:
    return [line.strip() for line in (_text(entry, typed) or "").splitlines() if line.strip()]


def _number(entry: Entry, typed: Typed) -> int | None:
    text = typed.get(entry.name, "").strip()
    if not text:
        return None if entry.none else 0
    if not _NUMBER.fullmatch(text):
        raise Slip(_("Write a whole number in figures."))
    return int(text)


def _money(entry: Entry, typed: Typed) -> int | None:
    text = typed.get(entry.name, "").strip()
    if not text:
        return None if entry.none else 0
    amount = read_money(text)
    if amount is None:
        raise Slip(_("Write the sum in figures, for example 50.000."))
    return amount


def _hours(entry: Entry, typed: Typed) -> str | None:
    text = typed.get(entry.name, "").strip().replace(",", ".")
    if not text and entry.none:
        return None
    try:
        hours = Decimal(text)
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite() or not 0 <= hours < 10_000:
        raise Slip(_("Write the working hours in figures, for example 4 or 0,5."))
    return f"{hours.normalize():f}"


def _day(entry: Entry, typed: Typed) -> str | None:
    day = read_date(typed.texts, entry.name)
    if day.error:
        raise Slip(day.error)
    return day.date.isoformat() if day.date else None


def _time(entry: Entry, typed: Typed) -> str | None:
    text = typed.get(entry.name, "").strip()
    found = _TIME.fullmatch(text)
    if not text:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0)).isoformat() if found else _no_time()
    except ValueError:
        return _no_time()


def _no_time() -> str:
    raise Slip(_("Write the hour in figures, for example 15:00."))


def _yes(entry: Entry, typed: Typed) -> bool:
    return bool(typed.get(entry.name))


def _choices(entry: Entry, typed: Typed) -> list[str]:
    return [code[:200] for code in typed.getlist(entry.name)[:200]]


def _condition(entry: Entry, typed: Typed) -> Any:
    if typed.has(f"{entry.name}-yaml"):
        return _written(typed.get(f"{entry.name}-yaml"))
    rows = tuple(
        Row(field[:200], comparison if comparison in COMPARISONS else "is", value.strip()[:1000])
        for field, comparison, value in zip(
            *(typed.getlist(f"{entry.name}-{part}")[:MOST_ROWS] for part in ("field", "comparison", "value")),
            strict=False,
        )
    )
    return condition_of(Rows("any" if typed.get(f"{entry.name}-join") == "any" else "all", rows))


def _written(text: str) -> Any:
    try:
        value = parse_yaml(text[:LONGEST], _("condition"))
    except ProfileInvalid as slip:
        raise Slip(str(slip)) from slip
    if value is None:
        return None
    try:
        condition = TypeAdapter[Any](Condition).validate_python(value)
    except ValidationError as error:
        raise Slip(_("Write a condition, for example {field: kind, is: A}.")) from error
    return cleaned(condition.model_dump(mode="json", by_alias=True))


def _pairs(entry: Entry, typed: Typed) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line in _lines(entry, typed):
        name, equals, other = (part.strip() for part in line.partition("="))
        if not (name and equals and other):
            raise Slip(_("Write “name = other name” in each line."))
        pairs[name] = other
    return pairs


_READERS: Mapping[Kind, Callable[[Entry, Typed], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.LINES: _lines,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.HOURS: _hours,
    Kind.DAY: _day,
    Kind.TIME: _time,
    Kind.YES: _yes,
    Kind.CHOICE: _text,
    Kind.CHOICES: _choices,
    Kind.CONDITION: _condition,
    Kind.PAIRS: _pairs,
}

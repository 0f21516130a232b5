"""A page that was sent in, as typed JSON answers. What cannot be understood stays as it was typed, with a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.forms.addresses import read_address
from camaug.catalogue.forms.parts import is_entered, part_fields
from camaug.catalogue.forms.places import Places
from camaug.catalogue.forms.values import SINGLE, option_ids, parse, storable, visible_text
from camaug.kernel.errors import DomainError

MOST_ROWS = 200
_BUTTONS = ("add", "remove", "choose")


class Posted(Protocol):
    """What a browser sent: Django's QueryDict."""

    def getlist(self, key: str) -> list[Any]:
        """All values of a name."""

    def __iter__(self) -> Any:
        """The names."""


type Data = Posted | Mapping[str, Sequence[str] | str]


@dataclass(frozen=True)
class Reading:
    """The answers so far, one sentence a field path, and `stay`: a button on the page was pressed, not "continue"."""

    answers: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    stay: bool = False


def read(
    fields: Sequence[FormField],
    data: Data,
    *,
    prefix: str = "",
    previous: Mapping[str, Any] | None = None,
    places: Places | None = None,
) -> Reading:
    """The answers to these fields, over the previous ones. Never raises, whatever is sent.

    Names: `id`; a date also `id-day`, `id-month`, `id-year` (or with dots); parts `id.part`; rows `id.0.part`.
    Buttons: `add` = `id`, `remove` = `id-1` (the first row), `choose` = `id` (show the units below the chosen place);
    also as names of their own: `add:id`, `remove:id.0`, `choose:id`.
    """
    page = _Page(data, places)
    before = dict(previous or {})
    answers = {name: value for name, value in before.items() if name not in {f.id for f in fields}}
    for one in fields:
        path = prefix + one.id
        value = page.value(one, path) if page.has(path) or _was_shown(one, before) else before.get(one.id)
        if value not in (None, "", [], {}):
            answers[one.id] = value
    return Reading(answers, {} if page.stay else page.errors, page.stay)


def _was_shown(one: FormField, before: Mapping[str, Any]) -> bool:
    return one.when is None or one.when.holds(before)


class _Page:
    """One submission while it is read: the sentences collect in `errors`."""

    def __init__(self, data: Data, places: Places | None) -> None:
        self.names = {str(name) for name in data}
        self.data = data
        self.places = places
        self.errors: dict[str, str] = {}
        self.pressed = {name for name in self.names if name.startswith(tuple(f"{button}:" for button in _BUTTONS))}
        self.pressed |= {f"{button}:{self.text(button)}" for button in _BUTTONS if button in self.names}
        self.stay = bool(self.pressed)

    def has(self, path: str) -> bool:
        return path in self.names or any(name.startswith((f"{path}.", f"{path}-")) for name in self.names)

    def texts(self, name: str) -> list[str]:
        data = self.data
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, ())
        listed = [values] if isinstance(values, str) else values
        return [text for text in listed if isinstance(text, str) and visible_text(text).strip()]

    def text(self, name: str) -> str:
        return next(reversed(self.texts(name)), "")

    def value(self, one: FormField, path: str) -> Any:
        if one.type in SINGLE:
            return self.single(one, path)
        if one.type == FieldType.CHOICES:
            return self.choices(one, path)
        if one.type == FieldType.ADDRESS:
            return self.address(path)
        if one.type == FieldType.PERSON:
            return self.person(one, path)
        return self.rows(one, path)

    def single(self, one: FormField, path: str) -> Any:
        text = self.date_text(path) if one.type == FieldType.DATE else self.text(path)
        if not text:
            return None
        try:
            return parse(one, text)
        except DomainError as refusal:
            self.errors[path] = str(refusal)
            return storable(text)

    def date_text(self, path: str) -> str:
        parts = [(self.text(f"{path}-{box}") or self.text(f"{path}.{box}")).strip() for box in ("day", "month", "year")]
        return "/".join(parts) if any(parts) else self.text(path)

    def choices(self, one: FormField, path: str) -> list[str]:
        chosen = self.texts(path)
        known = [id_ for id_ in option_ids(one) if id_ in chosen]
        if set(chosen) - set(known):
            self.errors[path] = _("Choose among the answers given.")
        return known

    def address(self, path: str) -> Any:
        typed = {key: self.text(f"{path}.{key}") for key in ("province", "district", "commune", "place", "detail")}
        address, sentence = read_address(typed, self.places)
        if sentence:
            self.errors[path] = sentence
        return address

    def person(self, one: FormField, path: str) -> dict[str, Any] | None:
        parts = part_fields(one)
        answers = {part.id: self.value(part, f"{path}.{part.id}") for part in parts}
        filled = {name: value for name, value in answers.items() if value not in (None, "", [], {})}
        return filled if self.stay or is_entered(filled) or one.required else None

    def rows(self, one: FormField, path: str) -> list[dict[str, Any]]:
        rows = [(number, self.row(one, f"{path}.{number}")) for number in self.row_numbers(path)]
        if self.stay:
            kept = [
                row
                for place, (number, row) in enumerate(rows, 1)
                if self.pressed.isdisjoint((f"remove:{path}.{number}", f"remove:{path}-{place}"))
            ]
            return kept + [{}] * (f"add:{path}" in self.pressed and len(kept) < (one.at_most or MOST_ROWS))
        return [row for _number, row in rows if row]

    def row(self, one: FormField, path: str) -> dict[str, Any]:
        answers = {part.id: self.value(part, f"{path}.{part.id}") for part in one.fields}
        return {name: value for name, value in answers.items() if value not in (None, "", [], {})}

    def row_numbers(self, path: str) -> list[int]:
        pattern = re.compile(rf"{re.escape(path)}\.([0-9]+)(?:\..*)?", re.DOTALL)
        found = {match[1] for name in self.names if (match := pattern.fullmatch(name))}
        numbers = sorted({int(digits) for digits in found if len(digits) <= 4 and int(digits) < MOST_ROWS})
        if len(numbers) < len({digits.lstrip("0") for digits in found}):
            self.errors[path] = _("There can be at most {most} rows.").format(most=MOST_ROWS)
        return numbers

"""What a page of the editor asks for: an Entry is one value, a Sheet is one page, a Listing a list on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from camaug.catalogue.definition.sourcing import Part
from camaug.catalogue.drafting.places import Place

type Words = str | Promise


class Kind(StrEnum):
    """How a value is asked for, and what it is in JSON.

    TEXT, LONG [string], LINES [list of strings, one a line], NUMBER, MONEY [integer or null], HOURS [decimal as string]
    DAY [YYYY-MM-DD or null], TIME [HH:MM:SS or null], YES [true or false], CHOICE [code], CHOICES [list of codes]
    CONDITION [condition or null], PAIRS [object of strings, "name = other" a line]
    """

    TEXT = "TEXT"
    LONG = "LONG"
    LINES = "LINES"
    NUMBER = "NUMBER"
    MONEY = "MONEY"
    HOURS = "HOURS"
    DAY = "DAY"
    TIME = "TIME"
    YES = "YES"
    CHOICE = "CHOICE"
    CHOICES = "CHOICES"
    CONDITION = "CONDITION"
    PAIRS = "PAIRS"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value. `name` has dots where it lies deeper; `choices` names the list to choose from (`choices.py`).

    `none`: an empty answer is null, else an empty text. `fold` gathers rarely used entries under one heading.
    """

    name: str
    label: Words
    kind: Kind = Kind.TEXT
    hint: Words = ""
    choices: str = ""
    none: bool = False
    fold: Words = ""

    @property
    def path(self) -> Place:
        """The name as a place below the sheet's."""
        return tuple(self.name.split("."))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list on a sheet. `one` is the button's word for a new item, `blank` its first content."""

    name: str
    label: Words
    one: Words
    blank: Mapping[str, Any] = field(default_factory=dict)
    hint: Words = ""

    @property
    def path(self) -> Place:
        """The name as a place below the sheet's."""
        return tuple(self.name.split("."))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `prefix`: where the values of a part lie; of an item they lie at its own place."""

    title: Words
    model: type[Part]
    entries: tuple[Entry, ...] = ()
    listings: tuple[Listing, ...] = ()
    prefix: Place = ()
    key: str = "id"

"""What in a row is a case's own. A value of a row becomes text with marks where something else will stand.

A mark names what belongs there: `t:…` an instant of the pattern, `p:…` an agency or officer of the place, `c:…` the
copy's own ids, code, people and numbers.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from camaug.kernel.clock import LOCAL

OPEN, CLOSE = "\ue000", "\ue001"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\b20\d\d\b")
_RECENT = timedelta(days=90)


@dataclass(slots=True)
class Slots:
    """What is known of one pattern.

    `ids` by UUID, `words` found inside any text, `whole` texts and `parts` of JSON that are replaced entirely, `keyed`
    texts by the column or key under which they stand.
    """

    begins: datetime
    ids: dict[UUID, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    keyed: dict[tuple[str, str], str] = field(default_factory=dict)
    parts: list[tuple[Any, str]] = field(default_factory=list)
    _pattern: re.Pattern[str] | None = None

    def column(self, name: str, value: Any, *, is_json: bool) -> str | None:
        """The value of a column as text with marks; None where it is NULL."""
        if value is None:
            return None
        if (name, str(value)) in self.keyed:
            return mark(self.keyed[name, str(value)])
        if is_json:
            text = json_of(self._json(name, value))
            return text.replace(f'"{_BARE}', "").replace(f'{_BARE}"', "")
        return self._plain(name, value)

    def _plain(self, name: str, value: Any) -> str:
        readers: tuple[tuple[type, Callable[[str, Any], str]], ...] = (
            (bool, lambda _name, it: "t" if it else "f"),
            (UUID, lambda _name, it: self._id(it)),
            (datetime, lambda _name, it: mark(f"t:at:{it.isoformat()}")),
            (date, lambda _name, it: mark(f"t:day:{it.isoformat()}") if self._is_recent(it) else it.isoformat()),
            (list, lambda _name, it: self._units(it)),
            (str, self._text),
        )
        read = next((read for kind, read in readers if isinstance(value, kind)), None)
        return read(name, value) if read else str(value)

    def _json(self, key: str, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(key, value)
        known = next((slot for part, slot in self.parts if part == value), None) if value else None
        if known is not None:
            return f"{_BARE}{mark(known)}{_BARE}"
        if isinstance(value, dict):
            return {name: self._json(name, one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._json(key, one) for one in value]
        return value

    def _text(self, key: str, value: str) -> str:
        if (key, value) in self.keyed:
            return mark(self.keyed[key, value])
        if value in self.whole:
            return mark(self.whole[value])
        if len(value) == 36 and (found := _uuid(value)) is not None:
            return self._id(found)
        if key == "book":
            return _YEAR.sub(mark(f"t:year:{self.begins.isoformat()}"), value)
        if _INSTANT.fullmatch(value):
            return mark(f"t:iso:{value}")
        if _DAY.fullmatch(value):
            day = date.fromisoformat(value)
            return mark(f"t:day:{value}") if self._is_recent(day) else self._within(value)
        return self._within(value)

    def _within(self, text: str) -> str:
        if self._pattern is None:
            longest = sorted(self.words, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest)))
        return self._pattern.sub(lambda found: mark(self.words[found[0]]), text)

    def _id(self, value: UUID) -> str:
        return mark(self.ids[value]) if value in self.ids else str(value)

    def _units(self, values: list[Any]) -> str:
        slots = [self.ids[one] for one in values if one in self.ids]
        if slots and len(slots) == len(values):
            return mark("p:units:" + ",".join(slot.split(":")[1] for slot in slots))
        return "{" + ",".join(str(one) for one in values) + "}"

    def _is_recent(self, day: date) -> bool:
        """Days of the case's own life move with it; births and weddings long ago stay."""
        return day >= (self.begins - _RECENT).date()


def mark(slot: str) -> str:
    """The mark of a slot."""
    return f"{OPEN}{slot}{CLOSE}"


def json_of(value: Any) -> str:
    """As JSON with nothing for PostgreSQL to sort or to skip: keys in the order in which it keeps them, no blanks."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda it: (len(it.encode()), it.encode()))}
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def split(text: str) -> tuple[list[str], list[str]]:
    """The text's fixed pieces, one more than it has slots, and the slots in their order."""
    pieces = re.split(f"{OPEN}(.*?){CLOSE}", text)
    return pieces[::2], pieces[1::2]


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands in a `t:` slot: a day as its kind writes it, and the rest of the instant, which no week changes."""

    day: date
    kind: str
    rest: str

    @classmethod
    def of(cls, slot: str) -> Self:
        """As the slot names it."""
        _t, kind, value = slot.split(":", 2)
        if kind in ("year", "month"):
            return cls(datetime.fromisoformat(value).astimezone(LOCAL).date(), kind, "")
        return cls(date.fromisoformat(value[:10]), "day", value[10:])

    def text(self, shift: timedelta) -> str:
        """What stands there when the pattern moves by so many whole weeks."""
        day = self.day + shift
        match self.kind:
            case "year":
                return str(day.year)
            case "month":
                return f"{day:%Y-%m}-01"
            case _:
                return day.isoformat() + self.rest


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_BARE = "\ue002"

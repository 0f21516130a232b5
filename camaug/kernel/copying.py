"""What somebody may take away of what is kept of him. A part says its sections in `copies.py`:

    COPIES = {"tokens": Section(_("Tokens of programs"), ("access.ApiToken",), lines=...)}

Never a secret, a digest or a key: what opens something is no data about its owner.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.kernel.parts import modules


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: when, in words for its reader, and as JSON values for programs (`told`)."""

    at: datetime | None
    words: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of things of an actor at an instant; `models` are those, `app.Model`, of which something is in it."""

    title: Any
    models: tuple[str, ...]
    lines: Callable[[Actor, datetime], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Copied:
    """A section with what it holds of somebody; `name` is its key in `data.json`."""

    name: str
    title: Any
    lines: tuple[Line, ...]

    def as_json(self) -> list[dict[str, Any]]:
        """For programs."""
        return [{"at": line.at, **line.told} for line in self.lines]


def every_section() -> Mapping[str, Section]:
    """Those that the parts have said, by their names."""
    return {name: section for part in modules("copies") for name, section in part.COPIES.items()}


def copy_of(actor: Actor, *, at: datetime) -> tuple[Copied, ...]:
    """All that the parts keep of the actor."""
    return tuple(Copied(name, one.title, tuple(one.lines(actor, at))) for name, one in every_section().items())


def owner(actor: Actor) -> UUID:
    """The actor's account; ValueError for one without any, who has nothing of his own here."""
    if actor.account_id is None:
        raise ValueError(f"{actor.kind} has no account")
    return actor.account_id


def joined(*words: object) -> str:
    """Those words that say something, one behind the other."""
    return ", ".join(str(word) for word in words if word)

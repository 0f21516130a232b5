"""A permission is a name, the sentence that refuses, and a pure rule; pages and actions use the same object.

A rule says what law and state demand; who may is asked of the role book, by the permission's code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import NotAllowed
from camaug.kernel.grants import Reach

_made: "dict[str, Permission[Any]]" = {}


@dataclass(frozen=True, slots=True)
class Bar[T]:
    """What nothing can grant: where `rule` holds, nobody may, and `sentence` says why."""

    sentence: str | Promise
    rule: Callable[[Actor, T], bool]


@dataclass(frozen=True, slots=True)
class Permission[T]:
    """`rule(actor, thing)` says whether the actor may; `sentence` says why not; `bar` comes before both, `owed` after:
    what whoever may has to do first.

    `words` say what it lets one do. `reaches`: how far a role can grant it, none where roles have no say.
    `casework`: it reads or moves cases.
    """

    code: str
    sentence: str | Promise
    rule: Callable[[Actor, T], bool]
    words: str | Promise
    reaches: tuple[Reach, ...] = ()
    casework: bool = False
    bar: Bar[T] | None = None
    owed: Bar[T] | None = None

    def __post_init__(self) -> None:
        _made[self.code] = self

    def allows(self, actor: Actor, thing: T) -> bool:
        """Whether the actor may do this to the thing."""
        return self._why(actor, thing) is None

    def refusal(self, actor: Actor, thing: T) -> str:
        """Why the actor may not; "" if he may."""
        return str(self._why(actor, thing) or "")

    def _why(self, actor: Actor, thing: T) -> str | Promise | None:
        if self.bar and self.bar.rule(actor, thing):
            return self.bar.sentence
        if not self.rule(actor, thing):
            return self.sentence
        return self.owed.sentence if self.owed and self.owed.rule(actor, thing) else None

    def check(self, actor: Actor, thing: T) -> None:
        """Raise NotAllowed with the sentence that says why the actor may not."""
        if why := self.refusal(actor, thing):
            raise NotAllowed(reason=why)


def granted(code: str) -> Callable[[Actor, object], bool]:
    """The rule that asks nothing but the book, for any unit; the system itself may."""
    return lambda actor, _thing: actor.kind == ActorKind.SYSTEM or actor.may(code)


def permissions() -> "dict[str, Permission[Any]]":
    """Every permission of every app by its code."""
    autodiscover_modules("policy")
    return dict(sorted(_made.items()))

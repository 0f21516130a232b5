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
class Permission[T]:
    """`rule(actor, thing)` says whether the actor may; `sentence` says why not.

    `words` say what it lets one do. `reaches`: how far a role can grant it, none where roles have no say.
    `casework`: it reads or moves cases.
    """

    code: str
    sentence: str | Promise
    rule: Callable[[Actor, T], bool]
    words: str | Promise
    reaches: tuple[Reach, ...] = ()
    casework: bool = False

    def __post_init__(self) -> None:
        _made[self.code] = self

    def allows(self, actor: Actor, thing: T) -> bool:
        """Whether the actor may do this to the thing."""
        return self.rule(actor, thing)

    def check(self, actor: Actor, thing: T) -> None:
        """Raise NotAllowed with the permission's sentence where the rule says no."""
        if not self.rule(actor, thing):
            raise NotAllowed(reason=str(self.sentence))


def granted(code: str) -> Callable[[Actor, object], bool]:
    """The rule that asks nothing but the book, for any unit; the system itself may."""
    return lambda actor, _thing: actor.kind == ActorKind.SYSTEM or actor.may(code)


def permissions() -> "dict[str, Permission[Any]]":
    """Every permission of every app by its code."""
    autodiscover_modules("policy")
    return dict(sorted(_made.items()))

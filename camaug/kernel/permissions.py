"""A permission is a name, the sentence that refuses, and a pure rule; pages and actions use the same object."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Permission[T]:
    """`rule(actor, thing)` says whether the actor may; `sentence` says why not."""

    code: str
    sentence: str | Promise
    rule: Callable[[Actor, T], bool]

    def allows(self, actor: Actor, thing: T) -> bool:
        """Whether the actor may do this to the thing."""
        return self.rule(actor, thing)

    def check(self, actor: Actor, thing: T) -> None:
        """Raise NotAllowed with the permission's sentence where the rule says no."""
        if not self.rule(actor, thing):
            raise NotAllowed(reason=str(self.sentence))

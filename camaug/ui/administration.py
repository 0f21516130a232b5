"""The administrators' area: the door of its pages, and the slot in the desk's rail that each part fills. What tells
how the installation runs stands there too, and is all that operators see of it.

An app's `navigation.py` puts its section into the rail and onto the area's home page; the URL lies under
/desk/administration/, the page is marked `@administrators`, its template extends "ui/administration.html":

    administration.register(label=_("Agencies"), words=_("Found, rename, close."), url="people:agencies", order=10)
"""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.pages import staff
from camaug.ui import navigation
from camaug.ui.policy import ENTER, OPERATE

GROUP = _("Administration")
OPERATION = _("Operation")
administrators = staff(may=ENTER.code)
operators = staff(may=OPERATE.code)
watchers = staff(may=(ENTER.code, OPERATE.code))
"""Door of pages that administrators read, and on which operators act."""


def is_administrator(actor: Actor) -> bool:
    """Whether one of the actor's posts opens the area."""
    return actor.may(ENTER.code)


def is_operator(actor: Actor) -> bool:
    """Whether one of the actor's posts keeps the installation running."""
    return actor.may(OPERATE.code)


def register(
    *, label: navigation.Words, words: navigation.Words, url: str, order: int, for_operators: bool = False
) -> None:
    """Put a section into the area; `order` 0 to 99, the home page is 0. `for_operators`: into theirs as well."""
    navigation.register(
        "desk", label=label, words=words, url=url, group=GROUP, order=500 + order, shown=is_administrator
    )
    if for_operators:
        navigation.register(
            "desk", label=label, words=words, url=url, group=OPERATION, order=600 - order, shown=is_operator
        )

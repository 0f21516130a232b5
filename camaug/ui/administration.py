"""The administrators' area: the door of its pages, and the slot in the desk's rail that each part fills.

An app's `navigation.py` puts its section into the rail and onto the area's home page; the URL lies under
/desk/administration/, the page is marked `@administrators`, its template extends "ui/administration.html":

    administration.register(label=_("Agencies"), words=_("Found, rename, close."), url="people:agencies", order=10)
"""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.pages import staff
from camaug.ui import navigation
from camaug.ui.policy import ENTER

GROUP = _("Administration")
administrators = staff(may=ENTER.code)


def is_administrator(actor: Actor) -> bool:
    """Whether one of the actor's posts opens the area."""
    return actor.may(ENTER.code)


def register(*, label: navigation.Words, words: navigation.Words, url: str, order: int) -> None:
    """Put a section into the area; `order` 0 to 99, the home page is 0."""
    navigation.register(
        "desk", label=label, words=words, url=url, group=GROUP, order=500 + order, shown=is_administrator
    )

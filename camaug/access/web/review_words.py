"""What the lines of a review are about, in words."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access.models import LineKind
from camaug.access.queries.reviews import LineView

OF_POSITIONS = (LineKind.ROLE, LineKind.ENTRUSTED)
"""Whose title is the position's in which the officer may do something."""
_WHAT: dict[LineKind, Promise] = {
    LineKind.ENTRUSTED: gettext_lazy("{role}, entrusted for a time"),
    LineKind.STAND_IN: gettext_lazy("Stands in as {title}"),
    LineKind.PROGRAM: gettext_lazy("Account of a program: {title}"),
    LineKind.TOKEN: gettext_lazy("Access token: {title}"),
    LineKind.SYSTEM: gettext_lazy("System with our sign-in: {title}"),
}
_MORE: dict[LineKind, Callable[[str], str]] = {
    LineKind.ENTRUSTED: lambda about: _("Document {document}").format(document=about),
    LineKind.STAND_IN: lambda about: _("for {name}, who is away").format(name=about),
    LineKind.PROGRAM: lambda about: about,
    LineKind.TOKEN: lambda about: _("begins with {prefix}").format(prefix=about),
    LineKind.SYSTEM: lambda about: _("contact: {mail}").format(mail=about),
}


def what(line: LineView) -> str:
    """What the officer may do something by, or what he answers for."""
    return str(_WHAT[line.kind]).format(role=line.role, title=line.title) if line.kind in _WHAT else line.role


def more(line: LineView) -> str:
    """By what document, for whom, to what end; "" where there is nothing to say."""
    return _MORE[line.kind](line.about) if line.about else ""

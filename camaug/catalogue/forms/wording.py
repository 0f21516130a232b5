"""A definition's own texts in the reader's language."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from camaug.catalogue.definition.limits import TimeLimit
from camaug.catalogue.definition.sourcing import Part
from camaug.worktime.limits import Unit


def said(part: Part, text: str, language: str | None) -> str:
    """`text` of the part in that language; Vietnamese where the definition has no translation."""
    english = getattr(part, f"{text}_en", "") if (language or "").startswith("en") else ""
    return str(english or getattr(part, text))


def told(part: Part, text: str) -> str:
    """`text` of the part in the reader's language; Vietnamese where it has no other."""
    return said(part, text, get_language())


def told_list(part: Part, text: str) -> tuple[str, ...]:
    """A list of texts of the part in the reader's language."""
    english: tuple[str, ...] = getattr(part, f"{text}_en", ()) if (get_language() or "").startswith("en") else ()
    plain: tuple[str, ...] = getattr(part, text)
    return english or plain


def limit_words(limit: TimeLimit) -> str:
    """ "Within the day", "3 working days"…"""
    n = limit.amount
    if n is None:
        return _("As the law says; the figure is being verified")
    if n == 0:
        return _("The same day")
    match limit.unit:
        case Unit.WORKING_HOURS:
            words = ngettext("{n} working hour", "{n} working hours", n)
        case Unit.WORKING_DAYS:
            words = ngettext("{n} working day", "{n} working days", n)
        case Unit.CALENDAR_DAYS:
            words = ngettext("{n} day", "{n} days", n)
        case Unit.MONTHS:
            words = ngettext("{n} month", "{n} months", n)
    return words.format(n=n)

"""How the editor's forms work: one is shown, one action is called, a refusal stays above it with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import QueryDict
from django.utils.translation import gettext as _

from camaug.catalogue.drafting.typed import Typed
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.history import ChangedMeanwhile
from camaug.kernel.pages import Request
from camaug.ui.reading import read_date

_NONE_SEEN = 0
YEARS = range(1945, 2201)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done: sentences by the name of the field ("" for the whole form), and the status of the page."""

    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200


def attempt(act: Callable[[], object]) -> Refusal | None:
    """Call the action; None where it was done. What is not there stays a NotFound."""
    try:
        act()
    except NotFound:
        raise
    except DomainError as no:
        errors = dict(no.errors) if isinstance(no, InvalidInput) else {"": str(no)}
        return Refusal(errors, 403 if isinstance(no, NotAllowed) else 422)
    return None


def tell(request: Request, act: Callable[[], object], done: str = "") -> bool:
    """For buttons without a form of their own: whether it was done; a refusal is told on the page led to."""
    try:
        act()
    except (NotFound, ChangedMeanwhile):
        messages.warning(request, _("The draft has changed meanwhile. Look at what it holds now, then do it again."))
        return False
    except DomainError as no:
        messages.warning(request, " ".join(no.errors.values()) if isinstance(no, InvalidInput) else str(no))
        return False
    if done:
        messages.success(request, done)
    return True


def seen_in(posted: QueryDict) -> int:
    """The revision that the form was made for; a form that does not say fits none."""
    seen = posted.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else _NONE_SEEN


def day_in(posted: QueryDict, name: str) -> date:
    """The day typed in three boxes. Raises InvalidInput."""
    typed = read_date(posted, name)
    if typed.date is None:
        raise InvalidInput({name: typed.error or _("Enter the day.")})
    if typed.date.year not in YEARS:
        raise InvalidInput({name: _("There is no such day; check day and month.")})
    return typed.date


def today(request: Request) -> date:
    """The day of the request."""
    return request.at.astimezone(LOCAL).date()


def typed_in(request: Request) -> Typed:
    """What the form sent."""
    return Typed({name: [str(text) for text in texts] for name, texts in request.POST.lists()})

"""How the forms of agencies and officers work: one is shown, one action is called, a refusal stays above it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.pages import Request
from camaug.ui.reading import read_date

type Fields = Mapping[type[DomainError], str]
YEARS = range(1900, 2201)
_NONE_SEEN = -1


def answer(
    request: Request,
    template: str,
    shown: Mapping[str, Any],
    *,
    act: Callable[[QueryDict], object],
    done: str,
    back: str,
    fields: Fields | None = None,
    holds: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """GET shows the form, POST calls `act` with what was typed and leads `back` with the sentence `done`.

    `fields` names the field that a refusal is about; `holds` is what the fields show before something is typed.
    """
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            act(request.POST)
        except NotFound:
            raise
        except DomainError as no:
            named = (fields or {}).get(type(no), "")
            errors = dict(no.errors) if isinstance(no, InvalidInput) else {named: str(no)}
            status = 403 if isinstance(no, NotAllowed) else 422
        else:
            messages.success(request, done)
            return redirect(back)
    typed = defaultdict(str, request.POST.items() if request.method == "POST" else holds or {})
    return render(request, template, {**shown, "typed": typed, "errors": errors, "back": back}, status=status)


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


def shown_day(request: Request, name: str) -> object:
    """What was typed, or today."""
    return read_date(request.POST, name) if request.method == "POST" else request.at.astimezone(LOCAL).date()

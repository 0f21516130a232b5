"""How the page of every move works: it shows the move, makes it, and gives back what was typed where it is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from camaug.cases.lifecycle import LABELS, State
from camaug.cases.models import Case
from camaug.cases.policy import is_unrecognised
from camaug.cases.queries import CasePage, is_open, is_visible, page_of, seen_case
from camaug.cases.web.desk.content import content
from camaug.cases.web.desk.ways import WAYS, Way
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.pages import Request
from camaug.kernel.web import TITLES

type Act = Callable[[CasePage, int], Case]
type More = Callable[[CasePage, Mapping[str, Any]], Mapping[str, Any]]
type Fields = Mapping[type[DomainError], str]
JUDGING = frozenset({"approve", "deny", "refuse", "correct_result", "revoke_result", "reopen"})
"""Moves of which nobody makes one in his own case: who could not be recognised in it is led to where that is mended."""
_NO_REVISION = -1


def answer(
    request: Request,
    code: str,
    move: str,
    act: Act,
    *,
    more: More | None = None,
    fields: Fields | None = None,
    stay: bool = False,
) -> HttpResponseBase:
    """GET shows the move's form, POST makes the move by `act(page, seen)` and leads back to the case.

    A refusal comes back above the form with 422 (403 where the actor may not), and what was typed stays. `more` adds
    to the form; `fields` names the field that a refusal is about; `stay`: a button was pressed that only shows the form
    again.
    """
    case, way = seen_case(code, request.actor), WAYS[move]
    if request.method != "POST" and not is_open(way.move, case, request.actor):
        messages.warning(request, str(WrongState(state=LABELS[State(case.state)])))
        return redirect("cases:case", code)
    page = page_of(case, request.actor, at=request.at)
    if request.method != "POST":
        return _opened(request, page, way, more)
    if stay:
        return _form(request, page, way, more, typed=request.POST, errors={}, status=200)
    try:
        act(page, seen_in(request.POST))
    except DomainError as no:
        status = 403 if isinstance(no, NotAllowed) else 422
        return _form(request, page, way, more, typed=request.POST, errors=told(no, fields or {}), status=status)
    messages.success(request, str(way.done))
    return back_to(request, code)


def seen_in(posted: QueryDict) -> int:
    """The revision that the form was made for; a form that does not say fits none."""
    seen = posted.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() else _NO_REVISION


def told(no: DomainError, fields: Fields) -> dict[str, str]:
    """A refusal as sentences by field."""
    return dict(no.errors) if isinstance(no, InvalidInput) else {fields.get(type(no), ""): str(no)}


def back_to(request: Request, code: str) -> HttpResponse:
    """To the case, or to the inbox where the case has left the actor's sight."""
    return redirect("cases:case", code) if is_visible(code, request.actor) else redirect("/desk/")


def _opened(request: Request, page: CasePage, way: Way, more: More | None) -> HttpResponse:
    if refusal := page.refusal(way.move):
        return _form(request, page, way, more, typed={}, errors={"": refusal}, status=403)
    return _form(request, page, way, more, typed={}, errors={}, status=200)


def _refused(errors: Mapping[str, str], status: int) -> str | Promise:
    """What stands above a refusal that no field can mend; "" where there is something to correct."""
    return TITLES[status] if set(errors) == {""} else ""


def _form(
    request: Request,
    page: CasePage,
    way: Way,
    more: More | None,
    *,
    typed: Mapping[str, Any],
    errors: Mapping[str, str],
    status: int,
) -> HttpResponse:
    shown = {
        "page": page,
        "way": way,
        "typed": typed,
        "errors": errors,
        "refused": _refused(errors, status),
        "now": request.at,
        "sections": content(page),
        "may_try": request.method == "POST" or not errors,
        "unrecognised": way.move in JUDGING and is_unrecognised(request.actor),
        "path": request.path,
    }
    added = more(page, typed) if more else {}
    return render(request, f"cases/desk/{way.page}.html", {**added, **shown}, status=status)

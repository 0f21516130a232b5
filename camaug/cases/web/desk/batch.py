"""One move for many cases: chosen in a list, looked at once more, asked for; then its progress and its report."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.assign import NotOfThisStep
from camaug.cases.actions.note_reading import note_cases_read
from camaug.cases.actions.start_batch import MOST, Order, start_batch
from camaug.cases.bulk import DECISIONS
from camaug.cases.lifecycle import ItemState
from camaug.cases.models import How
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import BatchView, Candidate, Filters, candidates, listed
from camaug.cases.queries import batch as batch_of
from camaug.cases.queries import batches as batches_of
from camaug.cases.queries.batches import cases_of_batch, cases_printed, holders_of
from camaug.cases.web.desk import narrowing
from camaug.cases.web.desk.assignment import choices
from camaug.cases.web.desk.batch_words import BULK, PAPERS, BulkWay
from camaug.cases.web.desk.moving import told
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.files.serving import respond
from camaug.kernel.ids import uuid7
from camaug.kernel.pages import Request, fresh_when, staff

_WORDS = ("reason", "note", "to", "what")
_NO_REVISION = 2**31 - 1
_FIELDS: dict[type[DomainError], str] = {ReasonMissing: "reason", NotOfThisStep: "to"}


@dataclass(frozen=True, slots=True)
class Line:
    """A batch in the list of one's batches."""

    batch: BatchView
    label: str


@staff
def batches(request: Request) -> HttpResponse:
    """What the officer had done for many cases at once."""
    page = batches_of(request.actor, token=request.GET.get("from", ""))
    shown = {
        "lines": [Line(one, str(BULK[one.move].label)) for one in page.rows],
        "older": f"?from={page.older}" if page.older else "",
        "newer": f"?from={page.newer}" if page.newer else "",
    }
    return render(request, "cases/desk/batches/list.html", shown)


def _decides(request: Request) -> bool:
    return request.method == "POST" and request.POST.get("move") in DECISIONS


@fresh_when(_decides)
@staff
def new(request: Request) -> HttpResponseBase:
    """GET shows the chosen cases with what stands in the way of each; POST asks for the move."""
    asked = request.POST if request.method == "POST" else request.GET
    way = BULK.get(asked.get("move", ""))
    if way is None:
        return redirect("/desk/")
    found = candidates(_chosen(request, asked), way.move, request.actor, at=request.at)
    if request.method != "POST":
        return _form(request, way, found, asked, {}, 200)
    try:
        made = start_batch(_order(way, asked), by=request.actor, at=request.at)
    except NotFound:
        raise
    except DomainError as no:
        return _form(request, way, found, asked, told(no, _FIELDS), 403 if isinstance(no, NotAllowed) else 422)
    return redirect("cases:batch", made.id)


@staff
def batch(request: Request, batch: UUID) -> HttpResponse:
    """How far it is, and at the end the report. htmx asks again for the report alone."""
    view = batch_of(batch, request.actor)
    way = BULK[view.move]
    shown = {
        "batch": view,
        "way": way,
        "now": request.at,
        "undone": [item for item in view.items if item.state == ItemState.REFUSED],
        "done": [item for item in view.items if item.state == ItemState.DONE],
    }
    part = "progress" if request.headers.get("HX-Request") else "page"
    return render(request, f"cases/desk/batches/{part}.html", shown)


@staff
def printed(request: Request, batch: UUID) -> HttpResponseBase:
    """The merged papers of a batch that printed."""
    view = batch_of(batch, request.actor)
    if view.blob is None:
        raise NotFound
    note_cases_read(cases_printed(view.id), How.FILE, by=request.actor, at=request.at)
    name = _("papers")
    return respond(view.blob, f"{name}-{view.started_at:%Y%m%d-%H%M}.pdf", inline=True)


def _form(
    request: Request,
    way: BulkWay,
    found: tuple[Candidate, ...],
    asked: QueryDict,
    errors: dict[str, str],
    status: int,
) -> HttpResponse:
    open_ones = [one for one in found if not one.refusal]
    ticked = {case for case, _seen in _items(asked)} if request.method == "POST" else {one.row.id for one in open_ones}
    shown = {
        "way": way,
        "tab": asked.get("tab", ""),
        "open": [(one, one.row.id in ticked) for one in open_ones],
        "closed": [one for one in found if one.refusal],
        "errors": errors,
        "typed": {name: asked.get(name, "") for name in _WORDS},
        "papers": PAPERS,
        "what": asked.get("what") or "RECEIPT",
        **(choices(holders_of(found, at=request.at)) if way.asks == "to" else {}),
        "request_key": asked.get("request_key") or uuid7(),
        "most": MOST,
        "now": request.at,
    }
    return render(request, "cases/desk/batches/new.html", shown, status=status)


def _chosen(request: Request, asked: QueryDict) -> Iterable[UUID]:
    """The cases that were ticked; or the whole list that they stand in; or those of an earlier batch."""
    if earlier := _uuid(asked.get("batch", "")):
        return cases_of_batch(earlier, request.actor, ItemState.DONE if "done" in asked else ItemState.REFUSED)
    if "all" in asked:
        words = narrowing.WORDS.read(request)
        if words.lost or narrowing.WORDS.is_typed(request):
            return []
        filters = Filters(
            procedure=asked.get("procedure", ""),
            channel=asked.get("channel", ""),
            mine="mine" in asked,
            words=words.text,
        )
        return listed(request.actor, asked.get("tab", ""), at=request.at, filters=filters, limit=MOST)
    return [case for text in asked.getlist("case")[:MOST] if (case := _uuid(text))]


def _order(way: BulkWay, asked: QueryDict) -> Order:
    key = _uuid(asked.get("request_key", ""))
    if key is None:
        raise NotFound
    words = {name: asked.get(name, "") for name in _WORDS if name == way.asks}
    return Order(request_key=key, move=way.move, cases=tuple(_items(asked)), words=words)


def _items(asked: QueryDict) -> list[tuple[UUID, int]]:
    """The ticked cases with the revision that was shown; what cannot be read fits no revision."""
    read = [text.partition(":") for text in asked.getlist("item")]
    return [
        (case, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else _NO_REVISION)
        for text, _colon, seen in read
        if (case := _uuid(text))
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

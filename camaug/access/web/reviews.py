"""Reviews of access: for heads of agencies, and all of them for administrators."""

from collections.abc import Collection, Iterator
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from camaug.access.actions.decide_line import decide_line
from camaug.access.models import ReviewDecision
from camaug.access.policy import ADMINISTER, REVIEW
from camaug.access.queries.reviews import FINISHED, LATE, OPEN, ReviewPage, review_page, reviews
from camaug.access.web.review_words import OF_POSITIONS, more, what
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh, staff
from camaug.kernel.tables.sending import attached
from camaug.kernel.tables.streaming import Cell, Sheet
from camaug.ui.administration import administrators

DECISIONS = {
    ReviewDecision.CONFIRMED: gettext_lazy("Confirmed"),
    ReviewDecision.ENDED: gettext_lazy("Ended"),
    ReviewDecision.LAPSED: gettext_lazy("Had ended before"),
}
TONES = {ReviewDecision.CONFIRMED: "done", ReviewDecision.ENDED: "late", ReviewDecision.LAPSED: "plain"}


STATES = {
    OPEN: pgettext_lazy("review", "Open"),
    LATE: pgettext_lazy("review", "Overdue"),
    FINISHED: pgettext_lazy("review", "Finished"),
}
_LONGEST = 100


@staff(may=REVIEW.code)
def own_reviews(request: Request) -> HttpResponse:
    """Those of the agencies that one heads."""
    return _list(request, "ui/desk.html", request.actor.units_of(REVIEW.code))


@administrators
def all_reviews(request: Request) -> HttpResponse:
    """Those of all agencies, what is due first before the rest; found by state and by words of the agency's name."""
    return _list(request, "ui/administration.html", None)


def _list(request: Request, layout: str, agencies: Collection[UUID] | None) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in ("q", "state")}
    asked["state"] = asked["state"] if asked["state"] in STATES else OPEN
    page = reviews(
        at=request.at,
        state=asked["state"],
        agencies=agencies,
        words=asked["q"],
        token=request.GET.get("from", ""),
    )
    told = {
        "rows": page.rows,
        "layout": layout,
        "asked": asked,
        "states": [{"value": state, "label": label} for state, label in STATES.items()],
        "older": f"?{urlencode({**asked, 'from': page.older})}" if page.older else "",
        "newer": f"?{urlencode({**asked, 'from': page.newer})}" if page.newer else "",
    }
    return render(request, "access/reviews.html", told)


@fresh
@staff
def review(request: Request, review_id: UUID) -> HttpResponseBase:
    """GET shows the lines, each to be confirmed or ended; POST decides those for which something was chosen."""
    page = review_page(review_id, by=request.actor, at=request.at)
    if request.method != "POST":
        return _shown(request, page, {}, {})
    errors: dict[str, str] = {}
    decided = sum(_decided(request, str(line.id), errors) for line in page.lines if not line.decision)
    if decided:
        messages.success(request, _("Decided: {n} lines.").format(n=decided))
    if not errors:
        return redirect("access:review", review_id)
    return _shown(request, review_page(review_id, by=request.actor, at=request.at), errors, request.POST.dict())


@staff
def review_file(request: Request, review_id: UUID, ending: str) -> HttpResponseBase:
    """The review as a table, to be printed and filed."""
    page = review_page(review_id, by=request.actor, at=request.at)
    head = (
        _("Officer"), _("Position"), _("Access"), _("More about it"), _("Ends by itself"),
        _("Decision"), _("Reason"), _("By"), _("When"),
    )  # fmt: skip
    name = f"ra-soat-quyen-{page.row.opened_at:%Y%m%d}"
    until = _("to be finished by {day}").format(day=f"{page.row.due_date:%d/%m/%Y}")
    titles = (_("Review of access"), page.row.agency, until)
    sheet = Sheet(_("Review of access"), titles, head, (26, 30, 36, 30, 18, 16, 36, 26, 18), _rows(page))
    return attached(sheet, name, ending)


def _rows(page: ReviewPage) -> Iterator[tuple[Cell, ...]]:
    for one in page.lines:
        decision = str(DECISIONS[ReviewDecision(one.decision)]) if one.decision else _("waits")
        position = one.title if one.kind in OF_POSITIONS else ""
        ends = one.until_at.astimezone(LOCAL) if one.until_at else None
        yield (
            one.officer, position, what(one), more(one), ends, decision, one.reason, one.by_name, one.decided_at
        )  # fmt: skip


def _decided(request: Request, line: str, errors: dict[str, str]) -> bool:
    chosen = request.POST.get(f"line-{line}", "")
    if chosen not in ("keep", "end"):
        return False
    reason = request.POST.get(f"reason-{line}", "")
    try:
        decide_line(UUID(line), keep=chosen == "keep", reason=reason, by=request.actor, at=request.at)
    except DomainError as no:
        errors[f"reason-{line}"] = str(no)
        return False
    return True


def _shown(request: Request, page: ReviewPage, errors: dict[str, str], typed: dict[str, str]) -> HttpResponse:
    choices = [{"value": "keep", "label": _("Confirm")}, {"value": "end", "label": _("End it")}]
    rows = [
        {
            "line": one,
            "who": one.officer or _("no officer"),
            "what": what(one),
            "more": more(one),
            "position": one.title if one.kind in OF_POSITIONS else "",
            "label": DECISIONS[ReviewDecision(one.decision)] if one.decision else "",
            "tone": TONES[ReviewDecision(one.decision)] if one.decision else "",
            "chosen": typed.get(f"line-{one.id}", ""),
            "reason": typed.get(f"reason-{one.id}", ""),
            "error": errors.get(f"reason-{one.id}", ""),
        }
        for one in page.lines
    ]
    told = {
        "row": page.row,
        "rows": rows,
        "choices": choices,
        "errors": errors,
        "administers": ADMINISTER.allows(request.actor, None),
    }
    return render(request, "access/review.html", told, status=422 if errors else 200)

"""Inviting the officers of the province: who is how far, and rounds of letters."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from camaug.access.actions.ask_for_invitations import NobodyMeant, ask_for_invitations
from camaug.access.actions.withdraw_invitations import withdraw_round
from camaug.access.jobs import carry
from camaug.access.queries.standings import Standing, invitation_round, latest_rounds, stand_page
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.ids import read_id, uuid7
from camaug.kernel.pages import Request, fresh, fresh_when
from camaug.kernel.sought import Sought
from camaug.kernel.tables.reading import LIMITS, read_table
from camaug.people.queries import AgencyView, directory
from camaug.ui.administration import administrators

STANDINGS = {
    Standing.UNINVITED: gettext_lazy("Not invited yet"),
    Standing.WAITING: gettext_lazy("Letter waits to be sent"),
    Standing.LOST: gettext_lazy("Letter did not arrive"),
    Standing.SENT: gettext_lazy("Invited"),
    Standing.EXPIRED: gettext_lazy("Invitation expired"),
    Standing.ACTIVE: gettext_lazy("Activated"),
    Standing.IDLE: gettext_lazy("Closed, not used for long"),
    Standing.CLOSED: pgettext_lazy("an account", "Closed"),
}
TONES = {
    Standing.UNINVITED: "plain",
    Standing.WAITING: "doing",
    Standing.LOST: "late",
    Standing.SENT: "waiting",
    Standing.EXPIRED: "late",
    Standing.ACTIVE: "done",
    Standing.IDLE: "late",
    Standing.CLOSED: "plain",
}
_LONGEST_LIST = 2_000_000
WORDS = Sought("access.invitations", beside=("agency", "standing"), longest=100)


def _invites(request: Request) -> bool:
    return request.method == "POST" and not WORDS.is_typed(request)


@fresh_when(_invites)
@administrators
def invitations(request: Request) -> HttpResponseBase:
    """GET: how far the officers' accounts are, all or of an agency and those below it. POST: invite many; or, with
    words, look for some.
    """
    if onward := WORDS.onward(request):
        return onward
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _asked(request)
        except InvalidInput as no:
            errors = no.errors
        except NobodyMeant as no:
            errors = {"agency": str(no)}
        except DomainError as no:
            errors = {"table": str(no)}
    return _shown(request, errors)


@administrators
def invitation_round_page(request: Request, round_id: UUID) -> HttpResponse:
    """How far a round is. While the worker has it, the page asks again: htmx for the part that moves, else whole."""
    asked = invitation_round(round_id, at=request.at)
    if request.headers.get("HX-Request") and asked.finished_at is None:
        return render(request, "access/admin/round_progress.html", {"round": asked})
    response = render(request, "access/admin/round.html", {"round": asked})
    if request.headers.get("HX-Request"):
        response.headers["HX-Refresh"] = "true"
    return response


@fresh
@administrators
def round_withdrawal(request: Request, round_id: UUID) -> HttpResponseBase:
    """POST: no unused link of the round opens anything any more."""
    invitation_round(round_id, at=request.at)
    if request.method == "POST":
        gone = withdraw_round(round_id, by=request.actor, at=request.at)
        messages.success(request, _("Invitations withdrawn: {n}.").format(n=gone))
    return redirect("access:invitation_round", round_id)


def _asked(request: Request) -> HttpResponseBase:
    agency = _agency(request, request.POST.get("agency", ""))
    addresses = [] if agency else _addresses(request)
    asked = ask_for_invitations(
        read_id(request.POST.get("round", "")) or uuid7(),
        agency_id=agency.id if agency else None,
        addresses=addresses,
        again="again" in request.POST,
        by=request.actor,
        at=request.at,
    )
    carry.defer(round_id=str(asked.id))
    return redirect("access:invitation_round", asked.id)


def _agency(request: Request, text: str) -> AgencyView | None:
    """The agency that a code, or a whole name, means today. Raises InvalidInput."""
    wanted, there = text.strip()[:200], directory(request.at.astimezone(LOCAL).date())
    if not wanted:
        return None
    try:
        return there.by_code(wanted.upper())
    except NotFound:
        found = [one for one in there if one.name.lower() == wanted.lower()]
    if len(found) != 1:
        raise InvalidInput({"agency": _("No single agency has this code or name. Write its identity code.")})
    return found[0]


def _addresses(request: Request) -> list[str]:
    """Whatever looks like an address in what was typed and in the file. Raises what read_table raises."""
    words = re.split(r"[\s,;<>]+", request.POST.get("addresses", "")[:_LONGEST_LIST])
    file = request.FILES.get("table")
    if file is not None:
        if (file.size or 0) > LIMITS.bytes:
            raise FileTooLarge(name=file.name, megabytes=LIMITS.megabytes)
        words += [str(cell).strip() for line in read_table(file.read(), file.name or "") for cell in line.cells]
    return [word for word in words if "@" in word]


def _shown(request: Request, errors: dict[str, str]) -> HttpResponse:
    there = directory(request.at.astimezone(LOCAL).date())
    wanted = read_id(request.GET.get("agency", ""))
    agency = there.get(wanted) if wanted and wanted in there else None
    name, words = request.GET.get("standing", ""), WORDS.read(request)
    standing = Standing(name) if name in set(Standing) else None
    found = stand_page(
        at=request.at,
        agency_id=agency.id if agency else None,
        words=words.text,
        standing=standing,
        token=request.GET.get("from", ""),
    )
    asked = ({"agency": str(agency.id)} if agency else {}) | words.query
    here = asked | ({"standing": name} if standing else {})
    told = {
        "rows": [
            {"row": one, "label": STANDINGS[one.stand.standing], "tone": TONES[one.stand.standing]}
            for one in found.page.rows
        ],
        "agency": agency,
        "words": words.text,
        "standing": standing or "",
        "tabs": _tabs(found.counts, asked, standing),
        "older": f"?{urlencode({**here, 'from': found.page.older})}" if found.page.older else "",
        "newer": f"?{urlencode({**here, 'from': found.page.newer})}" if found.page.newer else "",
        "rounds": latest_rounds(at=request.at),
        "errors": errors,
        "typed": request.POST or {"agency": agency.code if agency else "", "addresses": ""},
        "again": "again" in request.POST,
        "round_id": request.POST.get("round") or uuid7(),
        "megabytes": LIMITS.megabytes,
    }
    return render(request, "access/admin/invitations.html", told, status=422 if errors else 200)


def _tabs(counts: dict[Standing, int], asked: dict[str, str], standing: Standing | None) -> list[dict[str, object]]:
    every = {
        "label": _("All"),
        "href": f"?{urlencode(asked)}",
        "count": sum(counts.values()),
        "current": standing is None,
    }
    return [every] + [
        {
            "label": STANDINGS[one],
            "href": f"?{urlencode({**asked, 'standing': one})}",
            "count": n,
            "current": one == standing,
        }
        for one, n in counts.items()
        if n or one == standing
    ]

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from camaug.cases.queries.retention import MOST, Kind, outlook
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators

KINDS: dict[Kind, Any] = {
    Kind.DRAFTS: _("Applications that were never sent, from when they were last saved"),
    Kind.READINGS: _("Who looked at whose case"),
    Kind.LIST_READINGS: _("Searches and lists that were taken away"),
    Kind.BATCHES: _("Moves for many cases at once: who ordered them and with which words"),
    Kind.MESSAGES: _("Messages to citizens and officers"),
    Kind.APPOINTMENTS: _("Who had an appointment, from its day; that there was one is counted on"),
    Kind.PARCELS: _("Who sent and received a parcel, from its end"),
    Kind.SHIPMENTS: _("What the national portal was told, word by word"),
    Kind.MANDATE_REQUESTS: _("Requests to help somebody that nobody confirmed, from when they lapsed"),
    Kind.SIGN_ONS: _("Who entered which shared system, from when he left it"),
    Kind.TOKENS: _("Tokens of programs that open nothing any more"),
    Kind.PAST_PASSWORDS: _("Hashes of passwords of before"),
    Kind.ACCOUNT_DECISIONS: _("What was decided about accounts, and why"),
    Kind.ACCESS_REVIEWS: _("Reviews of who may what, from when they were finished"),
    Kind.INVITATION_ROUNDS: _("Addresses to which invitations went"),
    Kind.ABSENCES: _("Why an officer was away"),
    Kind.IMPORTS: _("Tables of officers and agencies that were sent in"),
}
SOONER: tuple[tuple[Any, Any], ...] = (
    (_("One-time codes for signing in, and counts of attempts"), _("a day after they end")),
    (_("Browsers that are signed in"), _("until the session ends")),
    (_("Codes and tokens by which shared systems ask for somebody"), _("a day after they end")),
    (_("What the API answered to a write"), _("a day")),
    (_("Files on their way that never arrived whole"), _("a day")),
    (_("Stored files that nothing names any more"), _("seven days")),
)
"""What goes by itself within days, whatever the province sets."""


@administrators
def retention(request: Request) -> HttpResponse:
    """What is erased by itself, after how long and why, and what goes with the next run."""
    rows = [(KINDS[one.kind], one) for one in outlook(at=request.at)]
    return render(request, "desk/retention.html", {"rows": rows, "sooner": SOONER, "most": MOST})

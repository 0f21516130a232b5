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
}


@administrators
def retention(request: Request) -> HttpResponse:
    """What is erased by itself, after how long and why, and what goes with the next run."""
    rows = [(KINDS[one.kind], one) for one in outlook(at=request.at)]
    return render(request, "desk/retention.html", {"rows": rows, "most": MOST})

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.kernel.files.refusals import FileTooLarge
from camaug.kernel.pages import Request
from camaug.kernel.tables.reading import LIMITS
from camaug.people.actions.send_table import NoSuchKind, send_table
from camaug.people.jobs import carry
from camaug.people.models import SheetKind
from camaug.people.queries.imports import imports as imports_sent
from camaug.people.sheets.columns import TITLES
from camaug.ui.administration import administrators

KINDS = tuple(SheetKind)


@administrators
def imports(request: Request) -> HttpResponseBase:
    """The tables that were sent, the latest first, and a form to send one; POST keeps it and lets it be checked."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _sent(request)
        except DomainError as no:
            errors = {"kind" if isinstance(no, NoSuchKind) else "table": str(no)}
    return _shown(request, errors)


def _sent(request: Request) -> HttpResponseBase:
    kind, file = request.POST.get("kind", ""), request.FILES.get("table")
    if kind not in SheetKind.values:
        raise NoSuchKind
    if file is None:
        raise FileMissing
    if (file.size or 0) > LIMITS.bytes:
        raise FileTooLarge(name=file.name, megabytes=LIMITS.megabytes)
    run = send_table(
        kind,
        file.read(),
        file_name=file.name or "",
        language=get_language() or "vi",
        by=request.actor,
        at=request.at,
    )
    carry.defer(run_id=str(run.id))
    return redirect("people:import", run.id)


class FileMissing(DomainError):
    """Nothing was chosen."""

    sentence = _("Choose the file to be imported.")


def _shown(request: Request, errors: dict[str, str]) -> HttpResponse:
    page = imports_sent(token=request.GET.get("from", ""))
    shown = {
        "page": page,
        "older": f"?from={page.older}" if page.older else "",
        "newer": f"?from={page.newer}" if page.newer else "",
        "errors": errors,
        "kind": request.POST.get("kind", request.GET.get("kind", "")),
        "kinds": [{"value": kind, "label": str(TITLES[kind])} for kind in KINDS],
        "tables": [{"kind": kind.lower(), "title": TITLES[kind]} for kind in KINDS],
        "megabytes": LIMITS.megabytes,
    }
    return render(request, "people/admin/imports.html", shown, status=422 if errors else 200)

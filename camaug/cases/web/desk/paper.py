from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.add_file import NotNow, add_file, check_may_change
from camaug.cases.actions.check_paper import SourceMissing, check_paper
from camaug.cases.lifecycle import FINISHED, PaperState
from camaug.cases.models import PICTURES
from camaug.cases.policy import PERMISSIONS
from camaug.cases.queries import CasePage, PaperView, case_page
from camaug.cases.web.desk.moving import told
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.files.limits import ACCEPT, LIMITS
from camaug.kernel.pages import Request, staff
from camaug.ui.sent import take_sent


@staff
def paper(request: Request, code: str, paper: str) -> HttpResponseBase:
    """One paper of the dossier with its files. POST notes that it was checked, or which data stand in its place."""
    page = case_page(code, request.actor, at=request.at)
    view = _paper(page, paper)
    if request.method != "POST":
        return _shown(request, page, view)
    replaced = request.POST.get("found") == PaperState.REPLACED
    source = request.POST.get("source", "").strip() if replaced else ""
    try:
        if replaced and not source:
            raise SourceMissing
        check_paper(
            page.case.id,
            paper,
            by=request.actor,
            at=request.at,
            source=source,
            source_record=request.POST.get("source_record", "").strip() if replaced else "",
            note=request.POST.get("note", ""),
        )
    except NotFound:
        raise
    except DomainError as no:
        return _shown(request, page, view, no)
    messages.success(request, _("Noted."))
    return redirect("cases:case", code)


@staff
def paper_files(request: Request, code: str, paper: str) -> HttpResponseBase:
    """Files that an officer adds to a paper, scanned at the counter for example."""
    page = case_page(code, request.actor, at=request.at)
    view = _paper(page, paper)
    if request.method != "POST":
        return redirect("cases:paper", code, paper)
    refusals = take_sent(
        request,
        "files",
        lambda content, name: add_file(
            page.case.id, paper, content=content, file_name=name, by=request.actor, at=request.at
        ),
    )
    if refusals:
        return _shown(request, page, view, refusals[0], field="files")
    if "join" in request.POST:
        return redirect("cases:joining", code, paper)
    messages.success(request, _("The files have been added."))
    return redirect("cases:paper", code, paper)


def _paper(page: CasePage, paper: str) -> PaperView:
    found = next((view for view in page.papers if view.paper.id == paper), None)
    if found is None:
        raise NotFound
    return found


def _shown(
    request: Request, page: CasePage, view: PaperView, no: DomainError | None = None, *, field: str = ""
) -> HttpResponse:
    errors = told(no, {SourceMissing: "source", **({type(no): field} if field else {})}) if no else {}
    shown = {
        "page": page,
        "now": request.at,
        "view": view,
        "typed": request.POST or _noted(view),
        "errors": errors,
        "refusal": _refusal(request, page),
        "may_add": _may_add(request, page),
        "pictures": sum(file.blob.media_type in PICTURES for file in view.files),
        "accept": ACCEPT,
        "megabytes": LIMITS.megabytes,
        "found": [
            {"value": PaperState.CHECKED, "label": _("Checked: it is there and in order")},
            {"value": PaperState.REPLACED, "label": _("Data of a database stand in its place")},
        ],
    }
    status = 403 if isinstance(no, NotAllowed) else 422 if no else 200
    return render(request, "cases/desk/paper.html", shown, status=status)


def _refusal(request: Request, page: CasePage) -> str:
    """Why this officer may not check papers now; "" if he may."""
    if page.state in FINISHED:
        return _("The case is closed.")
    holds = PERMISSIONS["cases.hold"]
    return holds.refusal(request.actor, page.case)


def _may_add(request: Request, page: CasePage) -> bool:
    try:
        check_may_change(page.case, request.actor)
    except NotNow:
        return False
    return True


def _noted(view: PaperView) -> dict[str, str]:
    row = view.row
    state = view.state if view.state == PaperState.REPLACED else PaperState.CHECKED
    return {
        "found": state,
        "source": (row.source if row else "") or view.paper.replaced_by,
        "source_record": row.source_record if row else "",
        "note": row.note if row else "",
    }

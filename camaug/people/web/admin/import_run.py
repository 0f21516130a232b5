from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh
from camaug.people.actions.confirm_import import confirm_import
from camaug.people.jobs import carry
from camaug.people.queries.imports import import_run as run_of
from camaug.ui.administration import administrators


@administrators
def import_run(request: Request, run_id: UUID) -> HttpResponseBase:
    """How far a table is: being checked, wrong line by line, ready to be imported, being imported, done.

    While the worker has it, the page asks again: htmx for the part that moves, else the whole page every two seconds.
    """
    run = run_of(run_id)
    if request.headers.get("HX-Request") and run.is_running:
        return render(request, "people/admin/import_progress.html", {"run": run})
    response = render(request, "people/admin/import.html", {"run": run})
    if request.headers.get("HX-Request"):
        response.headers["HX-Refresh"] = "true"
    return response


@fresh
@administrators
def confirmation(request: Request, run_id: UUID) -> HttpResponseBase:
    """POST: import the table exactly as it was checked."""
    if request.method == "POST":
        try:
            confirm_import(run_id, by=request.actor, at=request.at)
        except DomainError as no:
            run_of(run_id)
            messages.warning(request, str(no))
        else:
            carry.defer(run_id=str(run_id))
    return redirect("people:import", run_id)

"""A simple case done on the spot: taken in, signed, numbered and handed out with one press."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from camaug.cases.actions.serve import serve
from camaug.cases.policy import AT_COUNTER
from camaug.cases.web.desk.intake_form import complete, desk_of, refused, shown
from camaug.cases.web.desk.intake_place import some_id
from camaug.cases.web.desk.intake_reading import sheet_from
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff(may=AT_COUNTER)
def service(request: Request, procedure: str) -> HttpResponseBase:
    """POST: the whole of the case; the form comes back with what is wrong."""
    if request.method != "POST":
        return redirect("counter:form", procedure)
    desk = desk_of(request, procedure)
    sheet = sheet_from(request.POST, desk.made, on=desk.on)
    if sheet.stay:
        return shown(request, desk, sheet)
    intake = complete(desk, sheet)
    signer = some_id(sheet.get("signer"))
    if signer is None:
        sheet.errors["signer"] = _("Choose who signed the paper.")
    if signer is None or sheet.errors:
        return shown(request, desk, sheet)
    try:
        case = serve(intake, signed_by=signer, by=request.actor, at=request.at)
    except (NotAllowed, NotFound):
        raise
    except DomainError as refusal:
        return refused(request, desk, sheet, refusal)
    return redirect("counter:done", case.code)

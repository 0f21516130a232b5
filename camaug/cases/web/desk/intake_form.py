"""The counter's second screen: the whole case on one sheet, from the papers to the fee."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.register import register
from camaug.cases.applicants import WrongApplicant, check_applicant
from camaug.cases.intake import Intake
from camaug.cases.policy import AT_COUNTER
from camaug.cases.web.desk.intake import screen
from camaug.cases.web.desk.intake_applicant import applicant_of
from camaug.cases.web.desk.intake_place import counter_of
from camaug.cases.web.desk.intake_reading import Sheet, errors_of, intake_from, sheet_from
from camaug.cases.web.desk.intake_showing import Desk, fee_of, form_context, fresh_sheet
from camaug.catalogue.queries import NoCompetentAgency, NotReceivedHere, competent_agency, current
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.pages import Request, staff
from camaug.people.queries import directory


@staff(may=AT_COUNTER)
def form(request: Request, procedure: str) -> HttpResponseBase:
    """GET: the form filled in as far as the record goes. POST: the case is taken in, or the form comes back."""
    desk = desk_of(request, procedure)
    try:
        check_applicant(desk.made, business=bool(desk.applicant and desk.applicant.business_id))
    except WrongApplicant as refusal:
        return screen(request, desk.counter, applicant=desk.applicant, errors={"": str(refusal)})
    if request.method != "POST":
        return shown(request, desk, fresh_sheet(desk))
    sheet = sheet_from(request.POST, desk.made, on=desk.on)
    if sheet.stay:
        return shown(request, desk, sheet)
    intake = complete(desk, sheet)
    if sheet.errors:
        return shown(request, desk, sheet)
    try:
        case = register(intake, by=request.actor, at=request.at)
    except (NotAllowed, NotFound):
        raise
    except DomainError as refusal:
        return refused(request, desk, sheet, refusal)
    return redirect("counter:done", case.code)


@staff(may=AT_COUNTER)
def fee(request: Request, procedure: str) -> HttpResponse:
    """POST: the fee for what is typed so far, as a piece of the form."""
    desk = desk_of(request, procedure)
    sheet = sheet_from(request.POST, desk.made, on=desk.on) if request.method == "POST" else fresh_sheet(desk)
    owed = fee_of(desk.made, sheet, on=desk.on)
    return render(request, "cases/desk/intake/fee.html", {"fee": owed})


def desk_of(request: Request, procedure: str) -> Desk:
    """The counter, the procedure in force today and the applicant; NotFound where it is not the counter's."""
    counter = counter_of(request)
    on = request.at.astimezone(LOCAL).date()
    version = current(procedure, on)
    try:
        competent_agency(version.definition, counter.agency.id, directory(on))
    except (NotReceivedHere, NoCompetentAgency) as elsewhere:
        raise NotFound from elsewhere
    return Desk(counter, version, applicant_of(request), request.at)


def complete(desk: Desk, sheet: Sheet) -> Intake:
    """The case as typed; what is wrong with it stands in the sheet's errors."""
    intake = intake_from(sheet, desk.made.code, desk.counter.agency.id, desk.applicant, on=desk.on)
    owed = fee_of(desk.made, sheet, on=desk.on)
    if owed.total and not sheet.get("payment-way"):
        sheet.errors["payment-way"] = _("Say how the fee was paid, or that it is not paid yet.")
    return intake


def shown(request: Request, desk: Desk, sheet: Sheet) -> HttpResponse:
    """The form with what is typed, and with what is wrong unless only a button inside was pressed."""
    wrong = bool(sheet.errors) and not sheet.stay
    return render(request, "cases/desk/intake/form.html", form_context(desk, sheet), status=422 if wrong else 200)


def refused(request: Request, desk: Desk, sheet: Sheet, refusal: DomainError) -> HttpResponse:
    """The form with what the rules said."""
    sheet.errors |= errors_of(refusal.errors) if isinstance(refusal, InvalidInput) else {"": str(refusal)}
    return shown(request, desk, sheet)

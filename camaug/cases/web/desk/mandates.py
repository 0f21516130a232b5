"""At a counter: a person without a telephone confirms a mandate before an officer, or ends one."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.access.actions.witness_mandate import witness_mandate
from camaug.behalf.actions.confirm_mandate import IdentityPaperMissing, OtherName
from camaug.behalf.actions.end_mandate import end_mandate
from camaug.behalf.queries import given_by_person
from camaug.behalf.queries import mandate as mandate_view
from camaug.cases.actions.note_reading import note_persons_read
from camaug.cases.models import Why
from camaug.cases.web.portal.mandate_words import journal_items, shown
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.pages import Request, fresh, staff
from camaug.kernel.sought import Sought
from camaug.people.queries import PersonalNumber, person_by_number

WITNESS = "behalf.witness"
NUMBER = Sought("cases.mandates", field="number", longest=30)


@staff(may=WITNESS)
def mandates(request: Request) -> HttpResponseBase:
    """The mandates of the person who stands there, found by personal number: what waits, what holds, what is over."""
    if onward := NUMBER.onward(request):
        return onward
    typed, errors, found = NUMBER.read(request).text, {}, []
    if typed:
        try:
            number = PersonalNumber.parse(typed).digits
            found = [shown(one, at=request.at) for one in given_by_person(number, at=request.at)]
            _noted(request, number)
        except DomainError as no:
            errors = {"number": str(no)}
    page = {"found": found, "number": typed, "errors": errors, "asked": bool(typed) and not errors}
    return render(request, "cases/desk/mandates.html", page, status=422 if errors else 200)


@fresh
@staff(may=WITNESS)
def mandate(request: Request, mandate: UUID) -> HttpResponseBase:
    """One of them with its journal. POST confirms it before the officer, or (`end`) ends it for the person."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if "end" in request.POST:
                end_mandate(mandate, by=request.actor, at=request.at)
                messages.success(request, _("It has ended."))
            else:
                paper = request.POST.get("identity_paper", "")
                witness_mandate(mandate, identity_paper=paper, by=request.actor, at=request.at)
                messages.success(request, _("Confirmed. The helper may begin at once."))
            return redirect("counter:mandate", mandate)
        except (NotFound, NotAllowed):
            raise
        except DomainError as no:
            errors = {"identity_paper" if isinstance(no, IdentityPaperMissing | OtherName) else "": str(no)}
    one = mandate_view(mandate, at=request.at)
    both = [who for who in (one.helper_id, one.person_id) if who]
    note_persons_read(both, Why.COUNTER, by=request.actor, at=request.at)
    page = {
        "mandate": shown(one, at=request.at),
        "journal": journal_items(one, at=request.at),
        "errors": errors,
        "paper": request.POST.get("identity_paper", ""),
        "back": reverse("counter:mandates"),
    }
    return render(request, "cases/desk/mandate.html", page, status=422 if errors else 200)


def _noted(request: Request, number: str) -> None:
    who = person_by_number(number)
    if who:
        note_persons_read([who.id], Why.COUNTER, by=request.actor, at=request.at)

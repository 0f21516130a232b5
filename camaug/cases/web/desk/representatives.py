"""At a counter: who represents an organisation is recorded with the paper seen, and ended with a reason."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from camaug.cases.actions.note_reading import note_persons_read
from camaug.cases.models import Why
from camaug.cases.web.relation_words import shown
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.files.limits import LIMITS
from camaug.kernel.files.refusals import FileRefused, FileTooLarge
from camaug.kernel.files.serving import respond
from camaug.kernel.pages import Request, fresh, staff
from camaug.kernel.sought import Sought
from camaug.people.actions.end_representation import end_representation
from camaug.people.actions.enter_agency import enter_agency
from camaug.people.actions.prove_representation import BY_OFFICERS, Evidence, prove_representation
from camaug.people.queries import (
    AgencyView,
    Capacity,
    PersonalNumber,
    PersonView,
    RelationView,
    business,
    directory,
    find_businesses,
    person_by_number,
    relation,
    relations_of_business,
    scan_of,
)
from camaug.people.queries.relation_words import CAPACITIES, PROOFS
from camaug.ui.reading import read_date

PROVE = "people.prove_representation"
DATES = ("document_date", "from", "until")
WORDS = Sought("cases.representatives", longest=100)


@staff(may=PROVE)
def representatives(request: Request) -> HttpResponseBase:
    """Find an organisation by tax code, name, or an agency's identity code; one man's firm has his name and number.
    POST without words enters an agency among those that apply.
    """
    if onward := WORDS.onward(request):
        return onward
    typed = WORDS.read(request).text
    agency = _agency(typed, request) if typed else None
    if request.method == "POST" and agency:
        made = enter_agency(agency.id, by=request.actor, at=request.at)
        return redirect("counter:organisation", made.id)
    found = find_businesses(typed) if typed else ()
    page = {"typed": typed, "found": found, "agency": agency}
    return render(request, "cases/desk/representatives.html", page)


@staff(may=PROVE)
def organisation(request: Request, business_id: UUID) -> HttpResponse:
    """Who represents the organisation, or is said to: now, before, and not proven."""
    firm = business(business_id)
    rows = relations_of_business(business_id, at=request.at)
    note_persons_read([row.person_id for row in rows], Why.COUNTER, by=request.actor, at=request.at)
    page = {"firm": firm, "relations": [shown(row) for row in rows]}
    return render(request, "cases/desk/organisation.html", page)


@fresh
@staff(may=PROVE)
def representation_proof(request: Request, business_id: UUID) -> HttpResponseBase:
    """The form for a proof; POST records it, so that the person may act at once or from the day named."""
    errors: dict[str, str] = {}
    firm = business(business_id)
    if request.method == "POST":
        try:
            made = _proven(request, business_id)
        except (NotFound, NotAllowed):
            raise
        except InvalidInput as wrong:
            errors = dict(wrong.errors)
        except FileRefused as no:
            errors = {"scan": str(no)}
        except DomainError as no:
            errors = {"number": str(no)}
        else:
            messages.success(request, _("Recorded. Whoever represents the organisation sees it in their account."))
            return redirect("counter:representation", made)
    posted = {name: request.POST.get(name, "") for name in request.POST}
    typed = defaultdict(str, posted or _begun(request, business_id))
    page = {
        "firm": firm,
        "errors": errors,
        "typed": typed,
        "dates": {name: read_date(typed, name) for name in DATES},
        "capacities": [{"value": one.value, "label": CAPACITIES[one]} for one in Capacity],
        "proofs": [{"value": one.value, "label": capfirst(str(PROOFS[one]))} for one in BY_OFFICERS],
        "megabytes": LIMITS.megabytes,
    }
    return render(request, "cases/desk/representation_proof.html", page, status=422 if errors else 200)


@fresh
@staff(may=PROVE)
def representation(request: Request, relation_id: UUID) -> HttpResponseBase:
    """One relation, whole. POST ends it, with the reason."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            end_representation(relation_id, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)
        except (NotFound, NotAllowed):
            raise
        except DomainError as no:
            errors = {"reason": str(no)}
        else:
            messages.success(request, _("It has ended."))
            return redirect("counter:representation", relation_id)
    one = relation(relation_id, at=request.at)
    _noted(request, one)
    page = {"relation": shown(one), "errors": errors, "reason": request.POST.get("reason", "")}
    return render(request, "cases/desk/representation.html", page, status=422 if errors else 200)


@staff(may=PROVE)
def representation_scan(request: Request, relation_id: UUID) -> HttpResponseBase:
    """The paper that was seen."""
    _noted(request, relation(relation_id, at=request.at))
    blob, name = scan_of(relation_id)
    return respond(blob, name, inline=True)


def _proven(request: Request, business_id: UUID) -> UUID:
    typed = {name: request.POST.get(name, "") for name in request.POST}
    dates = {name: read_date(typed, name) for name in DATES}
    who, wrong = _person(typed.get("number", "")), {name: day.error for name, day in dates.items() if day.error}
    if wrong:
        raise InvalidInput(wrong)
    evidence = Evidence(
        capacity=typed.get("capacity", ""),
        proof=typed.get("proof", ""),
        document=typed.get("document", ""),
        document_date=dates["document_date"].date,
        from_date=dates["from"].date,
        until_date=dates["until"].date,
        **_scan(request.FILES.get("scan")),
    )
    return prove_representation(business_id, person_id=who.id, evidence=evidence, by=request.actor, at=request.at).pk


def _person(typed: str) -> PersonView:
    found = person_by_number(PersonalNumber.parse(typed[:30]).digits)
    if found is None:
        raise InvalidInput({"number": _("Nobody in the register has this number. Enter the person first.")})
    return found


def _scan(file: "UploadedFile[bytes] | None") -> dict[str, Any]:
    if file is None:
        return {}
    if (file.size or 0) > LIMITS.bytes:
        raise FileTooLarge(name=file.name, megabytes=LIMITS.megabytes)
    return {"content": file.read(), "file_name": file.name or ""}


def _begun(request: Request, business_id: UUID) -> dict[str, str]:
    """The form as it begins: with what somebody said, or the number that the address names."""
    asked = request.GET.get("relation", "")
    rows = relations_of_business(business_id, at=request.at) if asked else ()
    said = next((row for row in rows if str(row.id) == asked), None)
    return {"number": said.number, "capacity": said.capacity} if said else {}


def _agency(typed: str, request: Request) -> AgencyView | None:
    try:
        return directory(request.at.astimezone(LOCAL).date()).by_code(typed.upper())
    except NotFound:
        return None


def _noted(request: Request, one: RelationView) -> None:
    note_persons_read([one.person_id], Why.COUNTER, by=request.actor, at=request.at)

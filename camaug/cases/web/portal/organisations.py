"""The organisations that one represents: how each relation stands, asking for proof, ending it, vouching for others."""

from collections import defaultdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.web.relation_words import shown
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.pages import Request, fresh, members
from camaug.people.actions.declare_representation import NoSuchCapacity, declare_representation
from camaug.people.actions.end_representation import end_representation
from camaug.people.actions.prove_representation import USUAL, confirm_representation
from camaug.people.numbers import NotATaxCode
from camaug.people.queries import Capacity, TaxCode, business_by_code, relation_of, relations_of, relations_to_confirm
from camaug.people.queries.relation_words import CAPACITIES
from camaug.ui.reading import read_date


class OrganisationUnknown(DomainError):
    """What an office has not entered cannot be proven."""

    sentence = _("No organisation with this tax code is known here yet. Bring its paper to any one-stop counter.")


@members
def organisations(request: Request) -> HttpResponse:
    """Whom one represents, and who else says or is proven to represent those of which one is the head."""
    page = {
        "own": [shown(one) for one in relations_of(request.actor, at=request.at)],
        "others": [shown(one) for one in relations_to_confirm(request.actor, at=request.at)],
    }
    return render(request, "cases/portal/organisations.html", page)


@members
def organisation_request(request: Request) -> HttpResponseBase:
    """Say that one represents an organisation. POST writes it down; nothing follows from it before it is proven."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return redirect("citizen:organisation", _declared(request))
        except NotFound:
            raise
        except NoSuchCapacity as no:
            errors = {"capacity": str(no)}
        except (NotATaxCode, OrganisationUnknown) as no:
            errors = {"tax_code": str(no)}
        except DomainError as no:
            errors = {"": str(no)}
    page = {
        "errors": errors,
        "typed": defaultdict(str, request.POST.items()),
        "capacities": [{"value": one.value, "label": CAPACITIES[one]} for one in Capacity],
    }
    return render(request, "cases/portal/organisation_request.html", page, status=422 if errors else 200)


@members
def organisation(request: Request, relation: UUID) -> HttpResponse:
    """One relation, whole, with what to do so that it is proven."""
    return _shown(request, relation, {})


@fresh
@members
def organisation_confirmation(request: Request, relation: UUID) -> HttpResponseBase:
    """A legal representative lets another act for the organisation until a day."""
    if request.method != "POST":
        return redirect("citizen:organisation", relation)
    last = read_date({name: request.POST.get(name, "") for name in request.POST}, "until")
    try:
        if last.error:
            raise InvalidInput({"until": last.error})
        confirm_representation(relation, until_date=last.date, by=request.actor, at=request.at)
    except (NotFound, NotAllowed):
        raise
    except InvalidInput as wrong:
        return _shown(request, relation, dict(wrong.errors))
    except DomainError as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Confirmed. You can end it at any time on this page."))
    return redirect("citizen:organisation", relation)


@members
def organisation_ending(request: Request, relation: UUID) -> HttpResponseBase:
    """Ends it at once. GET asks first."""
    one = relation_of(relation, request.actor, at=request.at)
    if request.method != "POST":
        page = {"relation": shown(one), "mine": one.person_id == request.actor.person_id}
        return render(request, "cases/portal/organisation_ending.html", page)
    end_representation(relation, by=request.actor, at=request.at)
    messages.success(request, _("It has ended."))
    return redirect("citizen:organisations")


def _declared(request: Request) -> UUID:
    if request.actor.person_id is None:
        raise NotFound
    found = business_by_code(TaxCode.parse(request.POST.get("tax_code", "")[:30]).text)
    if found is None:
        raise OrganisationUnknown
    capacity, who = request.POST.get("capacity", ""), request.actor.person_id
    return declare_representation(found.id, person_id=who, capacity=capacity, by=request.actor, at=request.at).id


def _shown(request: Request, relation_id: UUID, errors: dict[str, str]) -> HttpResponse:
    one = relation_of(relation_id, request.actor, at=request.at)
    mine = one.person_id == request.actor.person_id
    typed = {name: request.POST.get(name, "") for name in request.POST}
    usual = (request.at + USUAL).astimezone(LOCAL).date()
    page = {
        "relation": shown(one),
        "mine": mine,
        "errors": errors,
        "until": read_date(typed, "until") if errors else usual,
    }
    return render(request, "cases/portal/organisation.html", page, status=422 if errors else 200)

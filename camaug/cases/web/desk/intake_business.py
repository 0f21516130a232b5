"""A business or organisation that is not in the register yet."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from camaug.cases.policy import CLERK
from camaug.cases.web.desk.intake import screen
from camaug.cases.web.desk.intake_place import counter_of
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.people.actions.register_business import BusinessNameMissing, register_business
from camaug.people.numbers import NotAPhone, NotATaxCode

FIELDS = ("firm_name", "firm_tax_code", "firm_phone", "firm_email", "firm_address")


class TaxCodeMissing(DomainError):
    """Without its code a business would be entered anew each time it comes."""

    sentence = _("Enter the tax code: a business is known by it.")


_PLACES: Mapping[type[DomainError], str] = {
    BusinessNameMissing: "firm_name",
    TaxCodeMissing: "firm_tax_code",
    NotATaxCode: "firm_tax_code",
    NotAPhone: "firm_phone",
}


@staff(roles={CLERK})
def business(request: Request) -> HttpResponseBase:
    """POST: enter a business, or find the one that has that tax code already, and go on to the procedure."""
    counter = counter_of(request)
    if request.method != "POST":
        return redirect("counter:intake")
    typed = {name: request.POST.get(name, "").strip()[:300] for name in FIELDS}
    try:
        if not typed["firm_tax_code"]:
            raise TaxCodeMissing
        found = register_business(
            typed["firm_name"],
            tax_code=typed["firm_tax_code"],
            phone=typed["firm_phone"],
            email=typed["firm_email"],
            address=typed["firm_address"],
            by=request.actor,
            at=request.at,
        )
    except DomainError as refusal:
        return screen(request, counter, firm=typed, errors={_PLACES.get(type(refusal), ""): str(refusal)})
    return redirect(f"{reverse('counter:intake')}?{urlencode({'business': str(found.id), **counter.query})}")

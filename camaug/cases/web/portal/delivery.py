from dataclasses import dataclass, field

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.cases.actions.save import Changes, save
from camaug.cases.models import DeliveryWay
from camaug.cases.queries import Draft
from camaug.cases.web.portal import walk
from camaug.cases.web.portal.page import later
from camaug.cases.web.portal.wording import DELIVERY
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request
from camaug.people.queries import display_phone, parse_phone

HINTS = {
    DeliveryWay.COUNTER: gettext_lazy("Bring your identity card."),
    DeliveryWay.POST: gettext_lazy("You pay the postman for the delivery."),
    DeliveryWay.ELECTRONIC: gettext_lazy(
        "You download it from this site; it is signed digitally where the law allows."
    ),
}


class DeliveryForm(forms.Form):
    """How the result comes back, and how the applicant is reached."""

    asks_how_to_reach = True
    way = forms.ChoiceField(choices=DeliveryWay.choices, error_messages={"required": gettext_lazy("Choose an answer.")})
    address = forms.CharField(required=False, max_length=300)
    phone = forms.CharField(required=False, max_length=40)
    email = forms.EmailField(
        required=False, error_messages={"invalid": gettext_lazy("Write the e-mail address as in ten@example.vn.")}
    )

    def clean_phone(self) -> str:
        """The phone in E.164."""
        typed = self.cleaned_data["phone"].strip()
        try:
            return parse_phone(typed) if typed else ""
        except DomainError as no:
            raise forms.ValidationError(str(no)) from no

    def clean(self) -> None:
        """Post needs an address; somebody far away is reached by phone or e-mail."""
        kept = self.cleaned_data
        if kept.get("way") == DeliveryWay.POST and not kept.get("address"):
            self.add_error("address", _("Write the address to which the post brings the result."))
        if (
            self.asks_how_to_reach
            and not kept.get("phone")
            and not kept.get("email")
            and not self.has_error("phone")
            and not self.has_error("email")
        ):
            self.add_error("phone", _("Write your phone number, or an e-mail address below."))


class HelpersForm(DeliveryForm):
    """The same for a helper: how the person is reached is not his to say."""

    asks_how_to_reach = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields and what is wrong with it."""

    way: str
    address: str
    phone: str
    email: str
    errors: dict[str, str] = field(default_factory=dict)

    def error(self, name: str) -> str:
        """The sentence of a field."""
        return self.errors.get(name, "")


@walk.drafted
def delivery(request: Request, draft: Draft) -> HttpResponseBase:
    """How the result comes back and how the applicant is reached."""
    if request.method != "POST":
        case = draft.case
        phone = display_phone(case.applicant_phone) if case.applicant_phone else ""
        address = case.delivery_address or case.applicant_address
        return _shown(request, draft, Typed(case.delivery_way, address, phone, case.applicant_email))
    form = (DeliveryForm if draft.case.belongs_to(request.actor) else HelpersForm)(request.POST)
    right = form.is_valid()
    save(draft.case.id, _changes(form), by=request.actor, at=request.at)
    if "later" in request.POST and not form.has_error("phone", "invalid"):
        return later(request)
    if not right:
        return _shown(request, draft, _typed(form), status=422)
    return redirect(walk.forward(draft, draft.case.answers, "delivery", to_check=walk.leads_to_check(request)))


def _changes(form: DeliveryForm) -> Changes:
    kept = form.cleaned_data
    way = kept.get("way")
    post = way == DeliveryWay.POST
    return Changes(
        delivery_way=way,
        delivery_address=kept.get("address", "") if post else "" if way else None,
        phone=kept.get("phone"),
        email=kept.get("email"),
    )


def _typed(form: DeliveryForm) -> Typed:
    typed = {name: str(form[name].value() or "") for name in form.fields}
    return Typed(**typed, errors={name: str(sentences[0]) for name, sentences in form.errors.items()})


def _shown(request: Request, draft: Draft, typed: Typed, *, status: int = 200) -> HttpResponse:
    shown = {
        "procedure": told(draft.definition, "plain_name"),
        "title": _("How do you want to get the result?"),
        "back": walk.backward(draft, "delivery", to_check=walk.leads_to_check(request)),
        "errors": typed.errors,
        "typed": typed,
        "helping": not draft.case.belongs_to(request.actor),
        "wrong": {name: typed.error(name) for name in ("way", "address", "phone", "email")},
        "ways": [_way(way, typed) for way in DeliveryWay],
        **walk.place(draft, "delivery"),
    }
    return render(request, "cases/portal/delivery.html", shown, status=status)


def _way(way: DeliveryWay, typed: Typed) -> dict[str, object]:
    option: dict[str, object] = {"value": way.value, "label": DELIVERY[way], "hint": HINTS[way]}
    if way == DeliveryWay.POST:
        address = {"value": typed.address, "error": typed.error("address")}
        option["reveals"] = render_to_string("cases/portal/post_address.html", address)
    return option

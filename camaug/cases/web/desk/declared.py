"""What was declared, as the counter's compact form again: for corrections after receipt and after the result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.intake_applicant import places
from camaug.cases.web.desk.intake_reading import LENGTHS
from camaug.catalogue.forms.answers import read
from camaug.catalogue.forms.render import compact_view
from camaug.kernel.errors import InvalidInput
from camaug.kernel.pages import Request

FIELDS = (
    "applicant-name",
    "applicant-phone",
    "applicant-email",
    "applicant-address",
    "delivery-way",
    "delivery-address",
)


@dataclass
class Declared:
    """The form as it stands: answers, plain fields, what is wrong by field; `stay`: a button inside was pressed."""

    answers: Mapping[str, Any]
    fields: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    stay: bool = False


def declared(request: Request, page: CasePage) -> Declared:
    """As it was sent, or as the case has it where nothing was sent."""
    case = page.case
    if request.method != "POST":
        return Declared(case.answers, _of_case(case))
    form = page.definition.form
    reading = read(list(form.fields()), request.POST, places=places(request.at.date()))
    typed = {name: request.POST.get(name, "").replace("\0", "").strip()[: LENGTHS[name]] for name in FIELDS}
    return Declared(reading.answers, typed, dict(reading.errors), stay=reading.stay)


def checked(seen: Declared, act: Callable[[], Case]) -> Case:
    """Make the move by `act`; what it says of single fields is kept to be shown beside them."""
    if seen.errors:
        raise InvalidInput(seen.errors)
    try:
        return act()
    except InvalidInput as no:
        seen.errors |= no.errors
        raise


def shown(seen: Declared, page: CasePage, request: Request) -> dict[str, Any]:
    """For the template: the questions, and the plain fields under names that it can say."""
    form = compact_view(
        page.definition.form,
        seen.answers,
        seen.errors,
        language=get_language() or "vi",
        places=places(request.at.date()),
    )
    return {
        "form": form,
        "fields": {name.replace("-", "_"): text for name, text in seen.fields.items()},
        "own": {name.replace("-", "_"): text for name, text in seen.errors.items()},
    }


def _of_case(case: Case) -> dict[str, str]:
    return {
        "applicant-name": case.applicant_name,
        "applicant-phone": case.applicant_phone,
        "applicant-email": case.applicant_email,
        "applicant-address": case.applicant_address,
        "delivery-way": case.delivery_way,
        "delivery-address": case.delivery_address,
    }

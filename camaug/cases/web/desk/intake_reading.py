"""The counter's form as it was sent. What cannot be understood stays as it was typed, with a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.models import DeliveryWay, PaymentWay
from camaug.cases.web.desk.intake_applicant import ApplicantView, places
from camaug.cases.web.desk.intake_place import some_id
from camaug.cases.web.desk.sums import entered_sums
from camaug.catalogue.definition.eform import Prefill
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.papers import Paper
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.answers import check, read
from camaug.kernel.errors import DomainError
from camaug.kernel.ids import uuid7
from camaug.kernel.text import fold
from camaug.people.queries import PersonalNumber, TaxCode, directory, parse_phone, person_by_number

# Names with a hyphen cannot be those of a procedure's questions.
LENGTHS = {
    "applicant-name": 200,
    "applicant-number": 30,
    "applicant-phone": 30,
    "applicant-email": 254,
    "applicant-address": 300,
    "authorised-name": 120,
    "authorised-number": 30,
    "authorised-relation": 120,
    "helping-agency": 200,
    "channel": 10,
    "delivery-way": 10,
    "delivery-address": 300,
    "payment-way": 10,
    "signer": 40,
}
MOST_SHEETS = 999


@dataclass
class Sheet:
    """What stands in the form. `errors` by element id; `stay`: a button was pressed that only shows the form again."""

    request_key: UUID
    fields: dict[str, str]
    answers: dict[str, Any] = field(default_factory=dict)
    papers: dict[str, PaperTaken] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    sums_typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    stay: bool = False

    def get(self, name: str) -> str:
        """A plain field as typed."""
        return self.fields.get(name, "")

    @property
    def channel(self) -> Channel:
        """How the dossier came: over the counter unless by post."""
        return Channel.POST if self.get("channel") == Channel.POST else Channel.COUNTER


def sheet_from(data: QueryDict, made: Definition, *, on: date) -> Sheet:
    """The form as sent; never raises."""
    fields = {name: data.get(name, "").replace("\0", "").strip()[:length] for name, length in LENGTHS.items()}
    reading = read(list(made.form.fields()), data, places=places(on))
    for question in made.form.fields():
        if (
            question.prefill == Prefill.APPLICANT_NAME
            and question.id not in reading.answers
            and fields["applicant-name"]
        ):
            reading.answers[question.id] = fields["applicant-name"]
    sheet = Sheet(some_id(data.get("request-key", "")) or uuid7(), fields, reading.answers, stay=reading.stay)
    sheet.stay = sheet.stay or "count" in data
    sheet.papers = {paper.id: taken for paper in made.papers if (taken := _taken(paper, data, sheet.errors))}
    sheet.sums = entered_sums(made, data)
    sheet.sums_typed = {f"sum-{rule.id}": data.get(f"sum-{rule.id}", "") for rule in made.fees}
    sheet.errors |= check(made.form, reading.answers, on=on, places=places(on)) | reading.errors
    return sheet


def intake_from(sheet: Sheet, procedure: str, agency: UUID, who: ApplicantView | None, *, on: date) -> Intake:
    """The case to take in; what is wrong with the plain fields is added to the sheet's errors."""
    number = who.number if who else _typed(sheet, "applicant-number", _number)
    known = None if who or len(number) != 12 else person_by_number(number)
    same = known if known and fold(known.full_name) == fold(sheet.get("applicant-name")) else None
    if known and not same:
        sheet.errors["applicant-number"] = _("This number is known under another name. Look the person up first.")
    return Intake(
        request_key=sheet.request_key,
        procedure=procedure,
        receiving_agency=agency,
        channel=sheet.channel,
        applicant=who.person_id if who else same.id if same else None,
        business=who.business_id if who else None,
        name=who.name if who else sheet.get("applicant-name"),
        number=number,
        phone=_typed(sheet, "applicant-phone", parse_phone),
        email=sheet.get("applicant-email").lower(),
        address=sheet.get("applicant-address"),
        authorised_name=sheet.get("authorised-name"),
        authorised_number=_typed(sheet, "authorised-number", lambda text: PersonalNumber.parse(text).digits),
        authorised_relation=sheet.get("authorised-relation"),
        helping_agency=_helping(sheet, on),
        answers=sheet.answers,
        papers=sheet.papers,
        sums=sheet.sums,
        delivery_way=_among(sheet, "delivery-way", DeliveryWay.values, DeliveryWay.COUNTER),
        delivery_address=sheet.get("delivery-address"),
        payment_way=_among(sheet, "payment-way", PaymentWay.values, ""),
    )


def errors_of(refusal: Mapping[str, str]) -> dict[str, str]:
    """The errors of the action, by the ids of this form."""
    return {"applicant-name" if name == "applicant_name" else name: text for name, text in refusal.items()}


def _taken(paper: Paper, data: QueryDict, errors: dict[str, str]) -> PaperTaken | None:
    name = f"paper-{paper.id}"
    if f"{name}-data" in data and paper.replaced_by:
        return PaperTaken(source=paper.replaced_by, source_record=data.get(f"{name}-record", "").strip()[:200])
    if name not in data:
        return None
    typed = [data.get(f"{name}-{what}", "").strip() for what in ("originals", "copies")]
    counts = [int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1 for text in typed if text]
    if any(count < 0 for count in counts) or not sum(counts):
        errors[name] = _("{paper}: write how many originals and copies were handed in.").format(paper=paper.name)
        return PaperTaken()
    originals, copies = (int(text) if text else 0 for text in typed)
    return PaperTaken(originals=originals, copies=copies)


def _typed(sheet: Sheet, name: str, parse: Callable[[str], str]) -> str:
    text = sheet.get(name)
    try:
        return parse(text) if text else ""
    except DomainError as refusal:
        sheet.errors[name] = str(refusal)
        return ""


def _number(text: str) -> str:
    """A personal number, or a tax code."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return PersonalNumber.parse(text).digits if len(digits) in (9, 12) else TaxCode.parse(text).text


def _helping(sheet: Sheet, on: date) -> UUID | None:
    words = sheet.get("helping-agency")
    if not words:
        return None
    found = directory(on).search(words, limit=2)
    exact = [one for one in found if fold(one.name) == fold(words) or one.code == words]
    if len(exact or found) != 1:
        sheet.errors["helping-agency"] = _("Write the name of the agency in full, or its code.")
        return None
    return (exact or list(found))[0].id


def _among(sheet: Sheet, name: str, values: list[str], otherwise: str) -> str:
    return sheet.get(name) if sheet.get(name) in values else otherwise

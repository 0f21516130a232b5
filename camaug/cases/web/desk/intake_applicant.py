"""For whom the clerk works: somebody of the register by id, or what is typed."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from camaug.cases.web.desk.intake_place import some_id
from camaug.catalogue.definition.procedure import Applicant
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.forms.prefill import PersonFacts
from camaug.kernel.pages import Request
from camaug.people.queries import PersonView, business, display_phone, person, place, representative_names


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """Somebody of the register, person or business, with the facts that fill in a form."""

    name: str
    number: str
    phone: str
    email: str
    address: str
    facts: PersonFacts
    person_id: UUID | None = None
    business_id: UUID | None = None
    birth_date: date | None = None

    @property
    def sort(self) -> Applicant:
        """Whether a person applies or a business."""
        return Applicant.BUSINESS if self.business_id else Applicant.PERSON

    @property
    def query(self) -> dict[str, str]:
        """Who it is, as it stands in addresses."""
        return {"business": str(self.business_id)} if self.business_id else {"person": str(self.person_id)}

    @property
    def address_query(self) -> str:
        """The same, encoded."""
        return urlencode(self.query)


def applicant_of(request: Request) -> ApplicantView | None:
    """The person or business that the address names; None where it names none. NotFound where there is no such one."""
    if business_id := some_id(request.GET.get("business", "")):
        return _business(business_id, request.at)
    if person_id := some_id(request.GET.get("person", "")):
        return as_applicant(person(person_id))
    return None


def as_applicant(who: PersonView) -> ApplicantView:
    """A citizen of the register."""
    facts = PersonFacts(
        full_name=who.full_name,
        birth_date=who.birth_date,
        sex=who.sex,
        personal_number=who.personal_number,
        phone=who.phone,
        email=who.email,
        nationality=who.nationality,
        ethnicity=who.ethnicity,
        place=place(who.place_id).code if who.place_id else "",
        address=who.address,
    )
    return ApplicantView(
        name=who.full_name,
        number=who.personal_number,
        phone=display_phone(who.phone) if who.phone else "",
        email=who.email,
        address=", ".join(part for part in (who.address, who.place_name) if part),
        facts=facts,
        person_id=who.id,
        birth_date=who.birth_date,
    )


def _business(business_id: UUID, at: datetime) -> ApplicantView:
    firm = business(business_id)
    return ApplicantView(
        name=firm.name,
        number=firm.tax_code,
        phone=display_phone(firm.phone) if firm.phone else "",
        email=firm.email,
        address=", ".join(part for part in (firm.address, firm.place_name) if part),
        facts=PersonFacts(
            full_name=firm.name,
            phone=firm.phone,
            email=firm.email,
            place=place(firm.place_id).code if firm.place_id else "",
            address=firm.address,
            business=True,
            tax_code=firm.tax_code,
            representative=representative_names([firm.id], at=at).get(firm.id, ""),
        ),
        business_id=firm.id,
    )


def places(on: date) -> RegisteredPlaces:
    """The administrative units of the day, for addresses."""
    return RegisteredPlaces(on)

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.queries import account_of, known_contacts, reach
from camaug.behalf.queries import Act, MandateView, Relation, usable
from camaug.behalf.queries.wording import RELATIONS
from camaug.cases.actions.note_help import note_help
from camaug.cases.applicants import check_applicant
from camaug.cases.models import Case
from camaug.cases.unseen import NotRepresenting
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Applicant, Definition, OnlineLevel
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.catalogue.forms.prefill import PersonFacts, prefilled
from camaug.catalogue.queries import current
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.people.queries import BusinessView, PersonView, person, place
from camaug.people.queries import business as business_of


class NotOnline(DomainError):
    """The procedure cannot be applied for from afar."""

    sentence = _("This procedure cannot be done online. Please go to the office that receives it.")


class NotInTheMandate(DomainError):
    """A mandate covers some procedures only."""

    sentence = _("The mandate of {name} does not cover this procedure.")


def start(
    procedure: str,
    *,
    by: Actor,
    at: datetime,
    request_key: UUID | None = None,
    business: UUID | None = None,
    mandate: UUID | None = None,
) -> Case:
    """Begin an online application: a draft without a code, kept for the account until it is sent.

    `procedure` is the procedure's code, `business` the business for which its representative applies, `mandate` the one
    under which a helper applies for a person, whose application it is. The same `request_key` gives the same draft
    again. The draft takes the version that holds today, and first answers from the applicant's record. NotFound where
    no version holds, the mandate is not the actor's, or a helper would act for a business; NotRepresenting, NotOnline,
    WrongApplicant, NotInTheMandate.
    """
    on = at.astimezone(LOCAL).date()
    version = current(procedure, on)
    made = version.definition
    if not is_online(made):
        raise NotOnline
    check_applicant(made, business=business is not None)
    if business and mandate:
        raise NotFound
    firm = _represented(business, by) if business else None
    helped = _held(mandate, made, by, at) if mandate else None
    owner = helped.person_id if helped else by.person_id
    who = person(owner) if owner else None
    account = account_of(owner) if helped and owner else by.account_id
    try:
        with transaction.atomic():
            case = Case.objects.create(
                procedure_id=version.procedure_id,
                version_id=version.id,
                channel=Channel.ONLINE,
                account_id=account,
                applicant_id=owner,
                request_key=request_key,
                **(_of_business(firm, who) if firm else _of_person(by.name, who))
                | (_of_helper(helped, account, who) if helped else {}),
                answers=_first_answers(made, who, on),
                created_at=at,
                saved_at=at,
                urgent_at=at,
            )
            note_help(case, "start", by=by, at=at)
            return case
    except IntegrityError:
        same = Case.objects.visible_to(by, Act.PREPARE, Act.FOLLOW).filter(request_key=request_key).first()
        if same is None:
            raise NotFound from None
        return same


def _represented(business_id: UUID, by: Actor) -> BusinessView:
    """The same refusal whether or not there is such an organisation."""
    if business_id not in by.represents:
        raise NotRepresenting
    return business_of(business_id)


def _held(mandate_id: UUID, made: Definition, by: Actor, at: datetime) -> MandateView:
    held = next((one for one in usable(by, Act.PREPARE, at=at) if one.id == mandate_id), None)
    if held is None:
        raise NotFound
    if not held.covers(made.code, made.field):
        raise NotInTheMandate(name=held.person)
    return held


def _of_helper(held: MandateView, account: UUID | None, who: PersonView | None) -> dict[str, Any]:
    """The mandate, and how the person himself is reached: as the register knows, else as the account does.

    The helper is named as the one who may take the result only where the person lets him.
    """
    own = reach(account) if account else None
    helped: dict[str, Any] = {"mandate_id": held.id, "helper_number": held.helper_number}
    if who:
        phone, email = known_contacts(who)
        helped |= {
            "applicant_phone": phone or (own.phone if own else ""),
            "applicant_email": email or (own.email if own else ""),
        }
    if Act.RECEIVE not in held.acts:
        return helped
    return {
        **helped,
        "authorised_name": held.helper,
        "authorised_number": held.helper_number,
        "authorised_relation": str(RELATIONS[Relation(held.relation)]),
    }


def _of_person(name: str, who: PersonView | None) -> dict[str, Any]:
    return {
        "applicant_name": who.full_name if who else name,
        "applicant_number": (who.personal_number or "") if who else "",
        "applicant_phone": who.phone if who else "",
        "applicant_email": who.email if who else "",
        "applicant_address": who.address if who else "",
    }


def _of_business(firm: BusinessView, who: PersonView | None) -> dict[str, Any]:
    """The business applies; where it has no telephone or address for mail, its representative is told."""
    return {
        "applicant_kind": Applicant.BUSINESS,
        "business_id": firm.id,
        "applicant_name": firm.name,
        "applicant_number": firm.tax_code,
        "applicant_phone": firm.phone or (who.phone if who else ""),
        "applicant_email": firm.email or (who.email if who else ""),
        "applicant_address": firm.address,
    }


def is_online(made: Definition) -> bool:
    """Whether the procedure takes applications from afar."""
    return Channel.ONLINE in made.channels and made.online_level != OnlineLevel.NONE


def _first_answers(made: Definition, who: PersonView | None, on: date) -> dict[str, Any]:
    facts = PersonFacts()
    if who:
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
    return prefilled(made.form, facts, on, places=RegisteredPlaces(on))

"""A relation is proven: by an officer who has seen a paper, or by a legal representative whose own one is proven."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.events import record
from camaug.kernel.files.arriving import arrive
from camaug.kernel.files.refusals import FileInfected
from camaug.kernel.files.store import keep
from camaug.kernel.models import Blob, Scan
from camaug.kernel.text import clean
from camaug.people.events import RepresentationProven
from camaug.people.models import Business, Person
from camaug.people.policy import PROVE_REPRESENTATION
from camaug.people.representing import Capacity, RelationProof, Representation

BY_OFFICERS = (RelationProof.PAPER, RelationProof.REGISTER)
USUAL = timedelta(days=365)
"""How long an empowerment holds that names no end (Civil Code 91/2015/QH13, Điều 140)."""


class NoLongerDeclared(DomainError):
    """It was proven or ended meanwhile."""

    sentence = _("This relation is no longer waiting for proof.")


class NumberUnknown(DomainError):
    """One who has no number in the register cannot be told from others."""

    sentence = _("The register knows no personal number of this person. Enter it first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an officer has seen: kind, number and day of the paper, a scan of it, and the days that it names.

    `until_date` is the last day; None: no end is named, which only a legal representative's may.
    """

    capacity: str
    proof: str
    document: str
    document_date: date | None
    from_date: date | None
    until_date: date | None = None
    content: bytes = b""
    file_name: str = ""


def prove_representation(
    business_id: UUID, *, person_id: UUID, evidence: Evidence, by: Actor, at: datetime
) -> Representation:
    """An officer has seen who represents the organisation; what was only said before is proven by it.

    NotAllowed (also for what concerns himself), NotFound, NumberUnknown, InvalidInput by field, FileRefused.
    """
    PROVE_REPRESENTATION.check(by, frozenset())
    with transaction.atomic():
        business, person = _both(business_id, person_id)
        PROVE_REPRESENTATION.check(by, concerned(business, person))
        if not person.personal_number:
            raise NumberUnknown
        if errors := _wrong(evidence, at):
            raise InvalidInput(errors)
        relation = Representation.objects.declared().filter(business=business, person=person).first()
        made = relation or Representation(
            business=business, person=person, declared_at=at, declared_by=by.account_id, declared_by_name=by.name
        )
        made.capacity, made.proof = Capacity(evidence.capacity), RelationProof(evidence.proof)
        made.document, made.document_date = clean(evidence.document), evidence.document_date
        made.scan, made.scan_name = _kept(evidence)
        post = by.post_granted(PROVE_REPRESENTATION.code, *by.unit_ids)
        made.proven_unit = post.unit_id if post else None
        made.from_at = _begin(evidence.from_date) if evidence.from_date else at
        made.until_at = _end(evidence.until_date) if evidence.until_date else None
        return _proven(made, by=by, at=at)


def confirm_representation(relation_id: UUID, *, until_date: date | None, by: Actor, at: datetime) -> Representation:
    """A legal representative, who is proven himself, lets another act for the organisation until the end of that day.

    InvalidInput, NoLongerDeclared; NotFound for everybody else, and for what concerns himself.
    """
    with transaction.atomic():
        relation = Representation.objects.select_for_update().filter(pk=relation_id).first()
        own = vouching(relation, by, at) if relation else None
        if relation is None or own is None:
            raise NotFound
        if relation.proof or relation.ended_at:
            raise NoLongerDeclared
        today = at.astimezone(LOCAL).date()
        if errors := _wrong_days(Capacity.EMPOWERED, None, until_date, today):
            raise InvalidInput(errors)
        relation.capacity, relation.proof, relation.vouched_by = Capacity.EMPOWERED, RelationProof.CONFIRMED, own
        relation.from_at, relation.until_at = at, _end(until_date) if until_date else at + USUAL
        return _proven(relation, by=by, at=at)


def vouching(relation: Representation, by: Actor, at: datetime) -> Representation | None:
    """The actor's own proven relation by which he speaks for that organisation about somebody else; None: none."""
    if by.proven_id is None or by.proven_id == relation.person_id:
        return None
    own = Representation.objects.in_force(at=at).filter(business_id=relation.business_id, person_id=by.proven_id)
    return own.filter(capacity=Capacity.LEGAL).order_by("proven_at").first()


def concerned(business: Business, person: Person) -> frozenset[str]:
    """Under which ids and numbers the registers know both."""
    told = {str(business.pk), business.tax_code, str(person.pk), person.personal_number}
    return frozenset(one for one in told if one)


def _both(business_id: UUID, person_id: UUID) -> tuple[Business, Person]:
    business = Business.objects.select_for_update(no_key=True).filter(pk=business_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if business is None or person is None:
        raise NotFound
    return business, person


def _proven(made: Representation, *, by: Actor, at: datetime) -> Representation:
    made.proven_at, made.proven_by, made.proven_by_name = at, by.account_id, by.name
    made.save()
    told = RepresentationProven(
        subject=made.pk,
        business=made.business_id,
        capacity=made.capacity,
        proof=made.proof,
        from_at=made.from_at or at,
        until_at=made.until_at,
        scan=made.scan.sha256 if made.scan else "",
        vouched_by=made.vouched_by_id,
    )
    record(told, by=by, at=at)
    return made


def _kept(evidence: Evidence) -> tuple[Blob, str]:
    arrived = arrive(evidence.content, evidence.file_name)
    blob = keep(arrived.content, media_type=arrived.kind.media_type, pages=arrived.kind.pages, foreign=True)
    if blob.scan == Scan.INFECTED:
        raise FileInfected(name=arrived.kind.file_name)
    return blob, arrived.kind.file_name[:120]


def _wrong(evidence: Evidence, at: datetime) -> dict[str, str]:
    today = at.astimezone(LOCAL).date()
    errors = {}
    if evidence.capacity not in Capacity:
        errors["capacity"] = gettext("Choose one of them.")
    if evidence.proof not in BY_OFFICERS:
        errors["proof"] = gettext("Choose one of them.")
    elif evidence.proof == RelationProof.REGISTER and evidence.capacity == Capacity.EMPOWERED:
        errors["proof"] = gettext(
            "The enterprise register names legal representatives only. Ask for the paper that empowers."
        )
    if not clean(evidence.document) or len(clean(evidence.document)) > 80:
        errors["document"] = gettext("Write down the number of the paper or of the extract, at most 80 characters.")
    if evidence.document_date is None or evidence.document_date > today:
        errors["document_date"] = gettext("Write down the day of the paper, which is not in the future.")
    if not evidence.content:
        errors["scan"] = gettext("Add a scan or a picture of the paper.")
    return errors | _wrong_days(evidence.capacity, evidence.from_date, evidence.until_date, today)


def _wrong_days(capacity: str, first: date | None, last: date | None, today: date) -> dict[str, str]:
    if last is None:
        needed = capacity == Capacity.EMPOWERED
        return (
            {"until": gettext("Write down the last day. Where the paper names none, it is one year.")} if needed else {}
        )
    if last < max(first or today, today):
        return {"until": gettext("The last day must not have passed, nor lie before the first.")}
    return {}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def _end(last: date) -> datetime:
    """The end of the day; of the calendar's last one its beginning."""
    return _begin(last + timedelta(days=1) if last < date.max else last)

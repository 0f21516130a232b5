from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.dues import dues
from camaug.cases.events import ResultHandedOut
from camaug.cases.lifecycle import DeliveryState, State
from camaug.cases.models import Applicant, Case
from camaug.cases.moves import Moving, begin, one_move
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.text import fold
from camaug.people.queries import Capacity, RelationView, representatives


class StillOwed(DomainError):
    """Money that is owed is paid before the result is handed out. Lateness never blocks."""

    sentence = _("{amount} đồng are still to be paid before the result is handed out.")


class PartStillOwed(DomainError):
    """The same, of a case that the application opened."""

    sentence = _("{amount} đồng are still to be paid in case {code} before the results are handed out.")


class FeeNotCounted(DomainError):
    """What a result costs is known, and paid, before it is handed out."""

    sentence = _("“{name}” is still to be paid, and its sum is not in the system: enter it and take the money first.")


class ReceiverUnknown(DomainError):
    """Who takes the result is recorded."""

    sentence = _("Enter the full name of the person who takes the result.")


class HandedOutTogether(DomainError):
    """The results of one application are handed out together, at the office where it was received."""

    sentence = _("This result is handed out together with the others of application {code}.")


class AuthorisationMissing(DomainError):
    """Somebody else takes the result only when sent: who he is, and by which paper, is recorded."""

    sentence = _(
        "{name} is not the applicant. Write down the number of the identity paper, the relation to the applicant and "
        "the paper that empowers {name}."
    )


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who took the result: name, number and kind of the identity paper shown; for one who is sent, the relation to the
    applicant and the paper that empowers him.
    """

    name: str
    number: str = ""
    identity_paper: str = ""
    relation: str = ""
    authorisation: str = ""


@one_move
def hand_out(case_id: UUID, receiver: Receiver, *, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Put the result into the hands of the applicant or the person they sent, and record who took it."""
    moving = begin(case_id, "hand_out", by=by, at=at, seen=seen)
    if moving.case.parent is not None:
        raise HandedOutTogether(code=moving.case.parent.code)
    receiver = identified(moving.case, receiver, at=at)
    case = give(moving, receiver)
    for part in case.parts.select_for_update().filter(state=State.RESULT_READY).order_by("id"):
        give(replace(moving, case=part, definition=definition(part.version_id)), receiver)
    return case


def identified(case: Case, receiver: Receiver, *, at: datetime) -> Receiver:
    """The receiver with what the case says of him; AuthorisationMissing where he is neither the applicant nor proved to
    be sent by them.
    """
    name = fold(receiver.name)
    if not name or (name == fold(case.applicant_name) and case.applicant_kind == Applicant.PERSON):
        return receiver
    if case.authorised_name and name == fold(case.authorised_name):
        known = "" if receiver.authorisation else str(_("named in the application"))
        receiver = replace(
            receiver,
            number=receiver.number or case.authorised_number,
            relation=receiver.relation or case.authorised_relation or str(_("authorised person")),
            authorisation=receiver.authorisation or known,
        )
    head = next((one for one in representatives_of(case, at=at) if name == fold(one.person)), None)
    if head:
        paper = head.document or str(_("empowered by the representative in law"))
        known = str(_("representative in law")) if head.capacity == Capacity.LEGAL else paper
        receiver = replace(
            receiver,
            number=receiver.number or head.number,
            relation=receiver.relation or str(_("representative")),
            authorisation=receiver.authorisation or known,
        )
    number = receiver.number.strip()
    lent = case.applicant_kind == Applicant.PERSON and number == case.applicant_number
    if lent or not (number and receiver.relation.strip() and receiver.authorisation.strip()):
        raise AuthorisationMissing(name=receiver.name.strip())
    return receiver


def representatives_of(case: Case, *, at: datetime) -> tuple[RelationView, ...]:
    """Who may act for the organisation whose case it is: first who began the case, then those in law."""
    found = representatives(case.business_id, at=at) if case.business_id else ()
    return tuple(sorted(found, key=lambda one: one.person_id != case.applicant_id))


def give(moving: Moving, receiver: Receiver) -> Case:
    """The inside of handing out."""
    case = moving.case
    _check_paid(moving)
    if not receiver.name.strip():
        raise ReceiverUnknown
    delivery = case.delivery
    delivery.state, delivery.handed_out_at = DeliveryState.HANDED_OUT, moving.at
    delivery.receiver_name, delivery.receiver_number = receiver.name.strip(), receiver.number.strip()
    delivery.receiver_relation, delivery.identity_paper = receiver.relation.strip()[:120], receiver.identity_paper[:40]
    delivery.authorisation = receiver.authorisation.strip()[:200]
    delivery.handed_out_by = moving.by.account_id
    delivery.save()
    case.step_due_at = None
    return moving.finish(ResultHandedOut(subject=case.id, code=case.code or "", way=case.delivery_way))


def _check_paid(moving: Moving) -> None:
    """FeeNotCounted, StillOwed or, in a part of an application, PartStillOwed."""
    if no := unpaid(moving.case, moving.definition):
        raise no


def unpaid(case: Case, made: Definition) -> FeeNotCounted | PartStillOwed | StillOwed | None:
    """What of the case's own money keeps its result back; None where all is paid."""
    known = dues(case, made)
    if known.unknown:
        return FeeNotCounted(name=known.unknown[0].name)
    if not known.unpaid:
        return None
    amount = f"{known.unpaid:,}".replace(",", ".")
    return StillOwed(amount=amount) if case.parent_id is None else PartStillOwed(amount=amount, code=case.code)


def all_unpaid(case: Case, made: Definition) -> Iterator[tuple[Case, DomainError]]:
    """The case, and of its parts whose results are handed out with it those, that still have to be paid, and why."""
    parts = case.parts.filter(state=State.RESULT_READY).order_by("id")
    for one, its in ((case, made), *((part, definition(part.version_id)) for part in parts)):
        if no := unpaid(one, its):
            yield one, no

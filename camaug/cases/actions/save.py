from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.behalf.queries import Act
from camaug.cases.actions.note_help import note_help
from camaug.cases.actions.renew_draft import take_version
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, DeliveryWay
from camaug.cases.postage import home_of
from camaug.cases.unseen import unseen
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError


class AlreadySent(DomainError):
    """What was sent is changed by a supplement only."""

    sentence = _("This application was already sent, so it can no longer be changed here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a page of the application changes; None leaves a thing as it is. `answers` are merged by field."""

    answers: Mapping[str, Any] | None = None
    receiving_agency: UUID | None = None
    delivery_way: str | None = None
    delivery_address: str | None = None
    phone: str | None = None
    email: str | None = None


def save(case_id: UUID, changes: Changes, *, by: Actor, at: datetime) -> Case:
    """Keep what was typed in a draft, unfinished or wrong as it may be; it is checked whole when it is sent.

    It is under the version that holds today from then on.

    Of what a helper typed, only what the mandate leaves to him.
    """
    with transaction.atomic():
        case = own_draft(case_id, by=by)
        kept = changes if case.belongs_to(by) else _within_mandate(case, changes, by)
        take_version(case, on=at.astimezone(LOCAL).date())
        _apply(case, kept)
        case.saved_at = at
        case.save()
        note_help(case, "save", fields=_changed(kept), by=by, at=at)
        return case


def own_draft(case_id: UUID, *, by: Actor) -> Case:
    """The actor's draft, or one that he fills in for another, locked; NotFound, or AlreadySent where it is none now."""
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None or not (case.belongs_to(by) or case.is_helped_by(by, Act.PREPARE)):
        raise unseen(case_id, by)
    if case.state != State.DRAFT:
        raise AlreadySent
    return case


def _within_mandate(case: Case, changes: Changes, by: Actor) -> Changes:
    """What a helper may change: the person is told by his own ways, also when the mandate is over; and a result that
    the helper may not take is brought to nobody but the person.
    """
    kept = replace(changes, phone=None, email=None)
    if case.is_helped_by(by, Act.RECEIVE) or (changes.delivery_way is None and changes.delivery_address is None):
        return kept
    way = changes.delivery_way or case.delivery_way
    home = home_of(case) if way == DeliveryWay.POST else ""
    if way == DeliveryWay.POST and not home:
        way = DeliveryWay.COUNTER
    return replace(kept, delivery_way=way, delivery_address=home)


def _changed(changes: Changes) -> list[str]:
    """The questions of the form, and the other things by their own names."""
    others = ("receiving_agency", "delivery_way", "delivery_address", "phone", "email")
    return [*(changes.answers or {}), *(name for name in others if getattr(changes, name) is not None)]


def _apply(case: Case, changes: Changes) -> None:
    if changes.answers is not None:
        case.answers = {**case.answers, **changes.answers}
    if changes.receiving_agency is not None:
        case.receiving_agency_id = changes.receiving_agency
    for name, value in (
        ("delivery_way", changes.delivery_way),
        ("delivery_address", changes.delivery_address),
        ("applicant_phone", changes.phone),
        ("applicant_email", changes.email),
    ):
        if value is not None:
            setattr(case, name, value)

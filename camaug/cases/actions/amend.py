from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.receive import RECEIPT, issue
from camaug.cases.actions.recount_fees import recount_fees
from camaug.cases.actions.show_draft import outdate_drafts
from camaug.cases.clock import recount
from camaug.cases.dues import dues
from camaug.cases.events import DetailsCorrected
from camaug.cases.models import Case, DeliveryWay
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.slips.contents import contents
from camaug.cases.slips.facts import receipt_facts
from camaug.cases.words import find_by
from camaug.catalogue.definition.limits import Channel, TimeLimit
from camaug.catalogue.forms.answers import check, prune
from camaug.catalogue.forms.places import RegisteredPlaces
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, InvalidInput


class NothingCorrected(DomainError):
    """A correction changes something."""

    sentence = _("Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The details as they should be, whole. Phones in E.164."""

    answers: Mapping[str, Any]
    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    delivery_way: str = DeliveryWay.COUNTER
    delivery_address: str = ""


_OWN = {
    "applicant_name": "name",
    "applicant_phone": "phone",
    "applicant_email": "email",
    "applicant_address": "address",
    "delivery_way": "delivery_way",
    "delivery_address": "delivery_address",
}


@one_move
def amend(case_id: UUID, details: Details, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Correct what was declared, after reception; fees are counted anew, the receipt (Form 01) is issued anew.

    The clock changes only where the answers, as corrected, mean another time limit.
    InvalidInput with a sentence by field, NothingCorrected. The event names what was changed, without the values.
    """
    moving = begin(case_id, "amend", by=by, at=at, seen=seen)
    case = moving.case
    before = dues(case, moving.definition)
    changed = [*_change_answers(moving, details.answers), *_change_own(case, details)]
    if not changed:
        raise NothingCorrected
    note = moving.note(reason)
    find_by(case, moving.definition)
    outdate_drafts(moving)
    fees = recount_fees(moving, before).items
    slip = issue(moving, RECEIPT, receipt_facts(case, contents(case.id, RECEIPT), by=by, at=at, items=fees))
    return moving.finish(
        DetailsCorrected(subject=case.id, code=case.code or "", fields=changed, note=note, slip=slip.id)
    )


def _change_answers(moving: Moving, wanted: Mapping[str, Any]) -> list[str]:
    case, form, on = moving.case, moving.definition.form, moving.at.astimezone(LOCAL).date()
    errors = check(form, wanted, on=on, filed=case.filed_on, places=RegisteredPlaces(on))
    if errors:
        raise InvalidInput(errors)
    limit = _limit(moving)
    before, case.answers = case.answers, prune(form, dict(wanted), on=case.filed_on)
    if _limit(moving) != limit:
        recount(case, moving.definition)
    return sorted(
        field for field in before.keys() | case.answers.keys() if before.get(field) != case.answers.get(field)
    )


def _limit(moving: Moving) -> TimeLimit:
    case = moving.case
    received = (case.received_at or moving.at).astimezone(LOCAL).date()
    return moving.definition.limit_for(Channel(case.channel), received, case.answers)


def _change_own(case: Case, details: Details) -> list[str]:
    if not details.name.strip():
        raise InvalidInput({"applicant_name": str(_("Enter the applicant's full name."))})
    if details.delivery_way == DeliveryWay.POST and not details.delivery_address.strip():
        raise InvalidInput({"delivery-address": str(_("Enter the address to which the post brings the result."))})
    changed = []
    for column, part in _OWN.items():
        value = getattr(details, part).strip()
        if getattr(case, column) != value:
            setattr(case, column, value)
            changed.append(column)
    return changed

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import Event, record_all
from camaug.kernel.history import check_seen
from camaug.people.actions.agency_facts import checked_facts, term_columns
from camaug.people.actions.begin_term import begin_term, lock_agency, term_on
from camaug.people.events import AgencyChanged, AgencyMoved, AgencyRenamed
from camaug.people.models import AgencyTerm
from camaug.people.policy import ADMINISTER

_NAMES = ("name", "short_name", "name_en")
_OTHERS = ("kind_id", "level_id", "place_id", "address", "phone", "email", "hours")


def change_agency(
    agency_id: UUID,
    *,
    kind: str,
    level: str,
    place_id: UUID | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    hours: str = "",
    from_date: date,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Let the facts of an agency differ from a day on; its name and the agency above have actions of their own.

    Raises NotFound, AgencyNotThere, InvalidInput, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    facts = checked_facts(
        kind=kind, level=level, place_id=place_id, address=address, phone=phone, email=email, hours=hours
    )
    with transaction.atomic():
        lock_agency(agency_id)
        check_seen(agency_id, seen)
        change_agency_facts(agency_id, facts, from_date=from_date, by=by, at=at)


def change_agency_facts(agency_id: UUID, facts: Mapping[str, Any], *, from_date: date, by: Actor, at: datetime) -> None:
    """Begin a term with these columns and tell what differs; part of an action's transaction."""
    before = term_on(agency_id, from_date)
    columns = term_columns({"name": before.name, **facts}, short_name=before.short_name)
    after = begin_term(agency_id, from_date=from_date, **columns)
    record_all(_events(before, after, from_date), by=by, at=at)


def _events(before: AgencyTerm, after: AgencyTerm, from_date: date) -> list[Event]:
    events: list[Event] = []
    agency_id = after.agency_id
    if any(getattr(before, name) != getattr(after, name) for name in _NAMES):
        events.append(
            AgencyRenamed(subject=agency_id, agency_name=after.name, from_date=from_date, earlier=before.name)
        )
    if after.parent_id and before.parent_id != after.parent_id:
        events.append(
            AgencyMoved(subject=agency_id, parent=after.parent_id, from_date=from_date, earlier=before.parent_id)
        )
    changes = {
        name: [str(getattr(before, name) or ""), str(getattr(after, name) or "")]
        for name in _OTHERS
        if getattr(before, name) != getattr(after, name)
    }
    if changes:
        events.append(AgencyChanged(subject=agency_id, changes=changes, from_date=from_date))
    return events

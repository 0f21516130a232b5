from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.queue.actions.arranging import changed, locked_hall
from camaug.queue.events import GroupArranged
from camaug.queue.models import ServiceGroup


class NothingLeft(DomainError):
    """A hall needs a group."""

    sentence = _("At least one group of services must stay in use.")


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What an administrator decides of a group of services."""

    name: str
    name_en: str
    fields: tuple[str, ...]
    places: int
    usual_minutes: int
    in_use: bool


@transaction.atomic
def arrange_group(agency_id: UUID, letter: str, rules: GroupRules, *, by: Actor, at: datetime) -> ServiceGroup:
    """Set up or change the group of that letter. NothingLeft, NotFound."""
    hall = locked_hall(agency_id, by=by)
    group = hall.groups.filter(letter=letter).first() or ServiceGroup(hall=hall, letter=letter)
    others = hall.groups.filter(in_use=True).exclude(letter=letter)
    if not rules.in_use and not others.exists():
        raise NothingLeft
    before, after = changed(group, asdict(rules) | {"fields": list(rules.fields)})
    if after:
        record(GroupArranged(subject=agency_id, letter=letter, before=before, after=after), by=by, at=at)
    return group

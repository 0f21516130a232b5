"""What all arranging shares: the hall that is locked, what differs before and after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.queue.models import Counter, Hall, ServiceGroup
from camaug.queue.policy import ARRANGE


def locked_hall(agency_id: UUID, *, by: Actor) -> Hall:
    """The hall, for an administrator; NotFound."""
    ARRANGE.check(by, agency_id)
    hall = Hall.objects.select_for_update().filter(pk=agency_id).first()
    if hall is None:
        raise NotFound
    return hall


def changed(
    row: Hall | ServiceGroup | Counter, wanted: Mapping[str, Any]
) -> tuple[dict[str, object], dict[str, object]]:
    """Set what differs and save; what it was and what it is."""
    new = row._state.adding
    before = {name: getattr(row, name) for name, value in wanted.items() if new or getattr(row, name) != value}
    for name in before:
        setattr(row, name, wanted[name])
    if before:
        row.save()
    return ({} if new else before), {name: wanted[name] for name in before}

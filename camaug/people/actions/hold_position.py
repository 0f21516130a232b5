from collections.abc import Iterable
from uuid import UUID

from camaug.kernel.errors import NotFound
from camaug.people.models import Officer, Position


def hold_position(position_id: UUID, *, officers: Iterable[UUID | None] = ()) -> Position:
    """The position, held with its officer and those `officers` until the transaction ends. Raises NotFound."""
    return hold_positions([position_id], officers=officers)[position_id]


def hold_positions(position_ids: Iterable[UUID], *, officers: Iterable[UUID | None] = ()) -> dict[UUID, Position]:
    """The positions by id, held with their officers and those `officers` until the transaction ends: officers first,
    each sort in the order of ids, so that of two who hold nobody waits for the other. Raises NotFound.
    """
    wanted = set(position_ids)
    holders = Position.objects.filter(id__in=wanted).values_list("officer_id", flat=True)
    named = {*holders, *(one for one in officers if one)}
    list(Officer.objects.select_for_update().filter(id__in=named).order_by("id"))
    held = {one.id: one for one in Position.objects.select_for_update().filter(id__in=wanted).order_by("id")}
    if held.keys() != wanted:
        raise NotFound
    return held

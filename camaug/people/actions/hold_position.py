from uuid import UUID

from camaug.kernel.errors import NotFound
from camaug.people.models import Officer, Position


def hold_position(position_id: UUID) -> Position:
    """The position, held with its officer until the transaction ends: officers first, so that none waits for another.

    Raises NotFound.
    """
    officer_id = Position.objects.filter(id=position_id).values_list("officer_id", flat=True).first()
    if officer_id is None:
        raise NotFound
    Officer.objects.select_for_update().get(id=officer_id)
    return Position.objects.select_for_update().get(id=position_id)

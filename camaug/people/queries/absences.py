"""For whom somebody may declare an absence."""

from camaug.kernel.actors import Actor
from camaug.people.policy import declares
from camaug.people.queries.officers import PositionView


def may_declare_absence(actor: Actor, seat: PositionView) -> bool:
    """Whether the actor may say that the holder of the position is away."""
    return declares(actor, seat.id, seat.agency_id)

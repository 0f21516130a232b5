"""What happens to cases becomes messages to the national portal, where one is set up."""

from collections.abc import Sequence

from camaug.gateway.actions.ship import ship
from camaug.gateway.national.choice import is_set_up
from camaug.gateway.national.told import TOLD
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord


@subscribe("gateway.tell_national_portal", to=sorted(TOLD))
def tell_national_portal(rows: Sequence[EventRecord]) -> None:
    """One message a service and event; without a portal nothing, since a replay catches up later."""
    if is_set_up():
        ship(rows)

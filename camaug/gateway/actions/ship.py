from collections.abc import Iterable

from camaug.gateway.models import Shipment
from camaug.gateway.national.told import TOLD
from camaug.kernel.models import EventRecord


def ship(rows: Iterable[EventRecord]) -> None:
    """Write down what the national portal is to be told of these events; of an event known already nothing again.

    Follows from the events and states no fact of its own: records none.
    """
    made = [
        Shipment(
            service=service,
            case_id=row.subject_id,
            event_id=row.id,
            arisen_at=row.recorded_at,
            next_attempt_at=row.recorded_at,
        )
        for row in rows
        for service in TOLD[row.name]
    ]
    Shipment.objects.bulk_create(made, ignore_conflicts=True)

from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.portal.events import OwnDataTaken


def take_own_data(*, by: Actor, at: datetime) -> None:
    """Write down that somebody takes away all that is kept of him: whoever held his telephone for a minute is seen."""
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        record(OwnDataTaken(subject=by.account_id), by=by, at=at)

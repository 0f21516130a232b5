from datetime import datetime

from django.db import transaction

from camaug.desk.events import OwnDataTaken
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def take_own_data(*, by: Actor, at: datetime) -> None:
    """Write down that somebody in office takes away what is kept of him: whoever sat at his keyboard is seen."""
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        record(OwnDataTaken(subject=by.account_id), by=by, at=at)

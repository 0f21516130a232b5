from datetime import datetime

from camaug.access.belongings import Change
from camaug.kernel.actors import Actor
from camaug.queue.models import Appointment


def change_owner(change: Change, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 (what moved is said by who moves)
    """Appointments go with the account that made them."""
    made = Appointment.objects.filter(account_id=change.account_id)
    made.filter(person_id=change.person_id).exclude(person_id=None).update(person_id=change.into_person_id)
    made.update(account_id=change.into_account_id)

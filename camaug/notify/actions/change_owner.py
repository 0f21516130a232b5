from datetime import datetime

from camaug.access.belongings import Change
from camaug.kernel.actors import Actor
from camaug.notify.models import Message, Preference


def change_owner(change: Change, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 (what moved is said by who moves)
    """What the account was told goes with it; of how it is told, what the other one has said holds."""
    if change.account_id == change.into_account_id:
        return
    Message.objects.filter(account_id=change.account_id).update(account_id=change.into_account_id)
    said = Preference.objects.filter(account_id=change.into_account_id).values("channel")
    mine = Preference.objects.filter(account_id=change.account_id)
    mine.exclude(channel__in=said).update(account_id=change.into_account_id)
    mine.delete()

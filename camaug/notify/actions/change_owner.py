from contextlib import suppress
from datetime import datetime

from camaug.access.belongings import Change
from camaug.kernel.actors import Actor
from camaug.kernel.encryption import NotDecrypted
from camaug.notify.models import WORDS, Message, Preference


def change_owner(change: Change, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 (what moved is said by who moves)
    """What the account was told goes with it; of how it is told, what the other one has said holds."""
    if change.account_id == change.into_account_id:
        return
    _move_messages(change)
    said = Preference.objects.filter(account_id=change.into_account_id).values("channel")
    mine = Preference.objects.filter(account_id=change.account_id)
    mine.exclude(channel__in=said).update(account_id=change.into_account_id)
    mine.delete()


def _move_messages(change: Change) -> None:
    """The words lie closed for the account that they are for: they are opened, and closed anew for the other one."""
    for message in Message.objects.filter(account_id=change.account_id).select_for_update().order_by("pk"):
        for column in WORDS:
            with suppress(NotDecrypted):  # what cannot be read goes along as it lies
                getattr(message, column)
        message.account_id = change.into_account_id
        message.save(update_fields=["account", *WORDS])

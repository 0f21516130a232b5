from datetime import datetime

from camaug.access.belongings import Change
from camaug.kernel.actors import Actor
from camaug.signon.models import Consent


def change_owner(change: Change, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 (what moved is said by who moves)
    """What was allowed to systems stays allowed; what was entered is left, as when an account closes."""
    if change.account_id == change.into_account_id:
        return
    for mine in Consent.objects.select_for_update().filter(account_id=change.account_id):
        theirs = Consent.objects.filter(account_id=change.into_account_id, system_id=mine.system_id).first()
        if theirs is None:
            mine.account_id = change.into_account_id
            mine.save(update_fields=["account"])
            continue
        theirs.scopes = sorted({*theirs.scopes, *mine.scopes})
        theirs.save(update_fields=["scopes"])
        mine.delete()

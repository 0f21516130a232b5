from datetime import datetime

from django.db import transaction

from camaug.access.events import SignedIn, SignedOut
from camaug.access.models import Account
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def note_sign_in(account: Account, *, how: str, by: Actor, at: datetime) -> None:
    """Write down that the account signed in, by "password" or "code"."""
    with transaction.atomic():
        record(SignedIn(subject=account.id, how=how), by=by, at=at)


def note_sign_out(account: Account, *, by: Actor, at: datetime) -> None:
    """Write down that the account signed out."""
    with transaction.atomic():
        record(SignedOut(subject=account.id), by=by, at=at)

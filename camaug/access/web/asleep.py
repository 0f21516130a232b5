"""Sessions in which nobody has done anything for long: they open nothing until their owner shows again who he is.

Such a session is a stranger's on every page. It is kept, so that a form that was being filled in goes on afterwards.
"""

from datetime import datetime

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from camaug.access.authentication import proofs_in
from camaug.access.models import Account
from camaug.access.queries import longest_idle

_STEPS = 12
"""Into so many parts of the time a session may be idle the note of its last use is rounded."""


def is_asleep(request: HttpRequest, account: Account, *, at: datetime) -> bool:
    """Whether the session's owner has done nothing in it for too long, or nobody knows when he did."""
    last = last_sign_of_life(request, account)
    return last is None or at - last >= longest_idle(account.kind)


def is_worth_noting(request: HttpRequest, account: Account, *, at: datetime) -> bool:
    """Whether the last note of the session's use is so old that a new one is due: one request in minutes writes."""
    last = last_sign_of_life(request, account)
    return last is None or at - last >= longest_idle(account.kind) / _STEPS


def last_sign_of_life(request: HttpRequest, account: Account) -> datetime | None:
    """When the session was used last as far as was noted, or its owner last showed who he is."""
    shown = proofs_in(get_authentication_records(request, account))
    noted = [shown[-1].at] if shown else []
    seen_at = getattr(request.session, "seen_at", None)
    return max([*noted, seen_at] if seen_at else noted, default=None)

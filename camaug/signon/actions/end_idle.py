from collections import defaultdict
from datetime import datetime
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.signon.actions.end_sign_ons import end_running
from camaug.signon.models import SignOn
from camaug.signon.queries import left_alone


def end_idle(*, by: Actor, at: datetime) -> int:
    """End the sign-ons of sessions that have fallen asleep, and tell the systems. How many ended."""
    of_one: dict[UUID, list[UUID]] = defaultdict(list)
    for account_id, sign_on_id in left_alone(at=at):
        of_one[account_id].append(sign_on_id)
    return sum(end_running(SignOn.objects.filter(pk__in=found), by=by, at=at) for found in of_one.values())

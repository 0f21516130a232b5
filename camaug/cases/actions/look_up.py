from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import Limit, count_attempt, forgive_attempt
from camaug.cases.queries.follow import Progress, follow, spelled
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError

LIMITS = (
    Limit("follow", of_one=5, of_network=30, window=timedelta(minutes=15)),
    Limit("follow-day", of_one=20, of_network=200, window=timedelta(days=1)),
)


class NoSuchCase(DomainError):
    """One answer for a code that does not exist and for a second fact that is not right."""

    sentence = _(
        "We find no application with this code and these four digits. Look at the code on your receipt; "
        "the four digits are the last ones of your phone number or of your personal number."
    )


def look_up(code: str, second_fact: str, *, by: Actor, at: datetime) -> Progress:
    """Where the case stands, for whoever holds its code and the second fact; wrong tries are counted.

    NoSuchCase; TooManyAttempts for a code or from a network that was tried too often.
    """
    code = spelled(code)
    for limit in LIMITS:
        count_attempt(limit, of=code, by=by, at=at)
    found = follow(code, second_fact, at=at)
    if found is None:
        raise NoSuchCase
    for limit in LIMITS:
        forgive_attempt(limit, of=code, by=by, at=at)
    return found

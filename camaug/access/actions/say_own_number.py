from datetime import datetime

from camaug.access.actions.count_attempt import count_attempt
from camaug.access.actions.link_person import CLAIMS
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.people.actions.link_officer import link_officer, officer_behind


def say_own_number(personal_number: str, *, by: Actor, at: datetime) -> None:
    """An officer says once who he is as a citizen. Raises what `link_officer` raises, and TooManyAttempts."""
    officer_id = officer_behind(by)
    if officer_id is None or by.account_id is None:
        raise NotFound
    count_attempt(CLAIMS, of=str(by.account_id), by=by, at=at)
    link_officer(officer_id, personal_number=personal_number, by=by, at=at)

from datetime import datetime, timedelta
from uuid import UUID

from camaug.access.actions.count_attempt import Limit, count_attempt
from camaug.behalf.actions.confirm_mandate import confirm_at_counter
from camaug.kernel.actors import Actor

WITNESSED = Limit("counter-mandates", of_one=20, of_network=200, window=timedelta(days=1))


def witness_mandate(mandate_id: UUID, *, identity_paper: str, by: Actor, at: datetime) -> None:
    """A person confirms a mandate before the officer, who does so for a few people a day and not for a whole commune.

    TooManyAttempts, and what `confirm_at_counter` refuses.
    """
    count_attempt(WITNESSED, of=str(by.account_id), by=by, at=at)
    confirm_at_counter(mandate_id, identity_paper=identity_paper, by=by, at=at)

from collections.abc import Sequence

from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord


@subscribe("access.new_officers", to=["people.OfficerEngaged"])
def open_accounts(events: Sequence[EventRecord]) -> None:
    """Who is entered gets an account, which cannot sign in before it is activated."""
    newest = max(row.at for row in events)
    open_officer_accounts(only={row.subject_id for row in events}, by=SYSTEM, at=newest)

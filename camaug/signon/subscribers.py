from collections.abc import Sequence

from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.signon.actions.leave_all import leave_all


@subscribe(
    "signon.account_changed",
    to=[
        "access.PasswordChosen",
        "access.OfficerActivated",
        "access.AccountClosed",
        "access.AccountClosedAsIdle",
        "access.FactorsReset",
        "access.SignedOutEverywhere",
    ],
)
def leave_what_was_entered(events: Sequence[EventRecord]) -> None:
    """Another password, or none any more: whatever was entered by the old one is left, in every system."""
    for row in events:
        leave_all(row.subject_id, by=SYSTEM, at=row.at)

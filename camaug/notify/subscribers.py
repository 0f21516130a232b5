from collections.abc import Sequence
from uuid import UUID

from camaug.access.queries import invitation_to_send
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.notify.account_notices import INVITED
from camaug.notify.actions.leave_unsent import leave_unsent
from camaug.notify.actions.tell import Recipient, tell


@subscribe("notify.invitations", to=["access.OfficerInvited"])
def bring_invitations(events: Sequence[EventRecord]) -> None:
    """A letter for each link that is not handed over and still opens something."""
    for row in events:
        letter = invitation_to_send(UUID(row.facts["invitation_id"]), at=row.at) if row.facts["by_mail"] else None
        if letter:
            tell(
                INVITED,
                fact=row.id,
                to=Recipient(account_id=row.subject_id),
                words={"name": letter.name, "until": letter.expires_at},
                subject_id=letter.id,
                by=SYSTEM,
                at=row.at,
            )


@subscribe("notify.withdrawn_invitations", to=["access.InvitationWithdrawn"])
def keep_back(events: Sequence[EventRecord]) -> None:
    """A letter whose link opens nothing any more is not sent."""
    for row in events:
        leave_unsent(INVITED, about=UUID(row.facts["invitation_id"]), by=SYSTEM, at=row.at)

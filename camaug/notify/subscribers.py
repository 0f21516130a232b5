from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from camaug.access.queries import invitation_to_send
from camaug.access.queries.reviews import heads_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.notify.account_notices import (
    FACTORS_RESET,
    GUESSED,
    IDLE_CLOSED,
    IDLE_SOON,
    INVITED,
    REOPENED,
    REVIEW,
    SIGNED_OUT,
)
from camaug.notify.actions.leave_unsent import leave_unsent
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice, Said
from camaug.people.queries import directory


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


@subscribe(
    "notify.accounts",
    to=[
        "access.IdlenessForetold",
        "access.AccountClosedAsIdle",
        "access.AccountReopened",
        "access.FactorsReset",
        "access.SecondStepGuessed",
        "access.SignedOutEverywhere",
    ],
)
def tell_of_accounts(events: Sequence[EventRecord]) -> None:
    """What was done to an account, to its owner."""
    for row in events:
        notice, words = _ABOUT_ACCOUNTS[row.name]
        tell(notice, fact=row.id, to=Recipient(account_id=row.subject_id), words=words(row), by=SYSTEM, at=row.at)


_ABOUT_ACCOUNTS: dict[str, tuple[Notice, Callable[[EventRecord], dict[str, Said]]]] = {
    "access.IdlenessForetold": (
        IDLE_SOON,
        lambda row: {"day": f"{date.fromisoformat(row.facts['closes_on']):%d/%m/%Y}"},
    ),
    "access.AccountClosedAsIdle": (IDLE_CLOSED, lambda _row: {}),
    "access.AccountReopened": (REOPENED, lambda row: {"by": row.actor_name}),
    "access.FactorsReset": (FACTORS_RESET, lambda row: {"by": row.actor_name, "when": row.at}),
    "access.SecondStepGuessed": (GUESSED, lambda row: {"when": row.at}),
    "access.SignedOutEverywhere": (SIGNED_OUT, lambda row: {"by": row.actor_name, "when": row.at}),
}


@subscribe("notify.reviews", to=["access.AccessReviewOpened", "access.AccessReviewReminded"])
def tell_of_reviews(events: Sequence[EventRecord]) -> None:
    """The heads of the agency: that the roles there are to be reviewed."""
    for row in events:
        agency_id, there = UUID(row.facts["agency_id"]), directory(row.at.astimezone(LOCAL).date())
        for account_id in heads_of(agency_id, at=row.at):
            tell(
                REVIEW,
                fact=row.id,
                to=Recipient(account_id=account_id),
                words={
                    "agency": there.get(agency_id).name if agency_id in there else "",
                    "day": f"{date.fromisoformat(row.facts['due_on']):%d/%m/%Y}",
                },
                link=f"/desk/reviews/{row.subject_id}/",
                subject_id=row.subject_id,
                by=SYSTEM,
                at=row.at,
            )

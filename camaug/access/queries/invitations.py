"""Who was invited to choose his password, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from camaug.access.invitations import invitation_in
from camaug.access.models import Factor, Invitation
from camaug.access.queries.accounts import actor_of


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an open link is for; `has_factor`: he has a second factor already, so that a shorter password does."""

    account_id: UUID
    name: str
    email: str
    expires_at: datetime
    has_factor: bool


def behind(token: str, *, at: datetime) -> QuerySet[Invitation]:
    """The invitation that a link opens at that instant, or none."""
    known = invitation_in(token)
    return Invitation.objects.valid(at).filter(pk=known) if known else Invitation.objects.none()


def invited_by(token: str, *, at: datetime) -> Invited | None:
    """Whom the link is for at that instant; None where it opens nothing (any more)."""
    found = behind(token, at=at).select_related("account").first()
    if found is None or not found.account.is_active:
        return None
    actor = actor_of(found.account, at=at, origin="")
    if not actor.posts:
        return None
    known = Factor.objects.filter(account=found.account).exists()
    return Invited(found.account_id, actor.name, found.account.email or "", found.expires_at, known)

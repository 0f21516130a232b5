"""Who was invited to choose his password, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from camaug.access.invitations import invitation_in
from camaug.access.models import Factor, Invitation
from camaug.access.queries.accounts import actor_of, may_be_let_in
from camaug.people.queries import officer


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


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation as its letter tells it."""

    id: UUID
    name: str
    expires_at: datetime


def invitation_to_send(invitation_id: UUID, *, at: datetime) -> Letter | None:
    """The invitation, unless its link opens nothing any more."""
    found = Invitation.objects.valid(at).select_related("account").filter(pk=invitation_id).first()
    if found is None or found.account.officer_id is None:
        return None
    return Letter(found.id, officer(found.account.officer_id).full_name, found.expires_at)


def invited_by(token: str, *, at: datetime) -> Invited | None:
    """Whom the link is for at that instant; None where it opens nothing (any more)."""
    found = behind(token, at=at).select_related("account").first()
    if found is None or not may_be_let_in(found.account):
        return None
    actor = actor_of(found.account, at=at, origin="")
    if not actor.posts:
        return None
    known = Factor.objects.filter(account=found.account).exists()
    return Invited(found.account_id, actor.name, found.account.email or "", found.expires_at, known)

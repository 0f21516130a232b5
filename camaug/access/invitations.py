"""Links of invitations: signed with the installation's secret, made when they are sent, and kept nowhere."""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

HANDED_OVER = timedelta(hours=24)
"""How long a link holds that is handed over and not sent."""
_SIGNER = "access.invitation"


def link_of(invitation_id: UUID) -> str:
    """The path that opens the invitation."""
    return f"/invitation/{_signer().sign(invitation_id.hex)}/"


def invitation_in(token: str) -> UUID | None:
    """Which invitation a link's last part is of; None where we did not sign it."""
    try:
        return UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt=_SIGNER, sep=".")

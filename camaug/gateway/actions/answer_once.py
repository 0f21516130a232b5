import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.gateway.models import KeptAnswer
from camaug.kernel.closed import closed_by_hand
from camaug.kernel.errors import DomainError
from camaug.kernel.ids import uuid7
from camaug.kernel.prepared import asked, told

KEPT_FOR = timedelta(hours=24)
_BATCH = 1000
_CLAIM = """
INSERT INTO gateway_keptanswer AS kept (id, owner, key, digest, headers, body, expires_at)
VALUES (%(id)s, %(owner)s, %(key)s, %(digest)s, '{}', '', %(until)s)
ON CONFLICT (owner, key) DO UPDATE
SET id = EXCLUDED.id, digest = EXCLUDED.digest, status = NULL, expires_at = EXCLUDED.expires_at
WHERE kept.expires_at <= %(at)s
RETURNING id
"""
_KEEP = "UPDATE gateway_keptanswer SET status = %s, headers = %s::jsonb, body = %s WHERE id = %s"


class KeyUsedOtherwise(DomainError):
    """An idempotency key belongs to one request."""

    sentence = _("This idempotency key was used for another request. Take a new key for each new request.")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    status: int
    headers: dict[str, str]
    body: bytes


def claim(owner: str, key: str, digest: str, *, at: datetime) -> UUID | Kept:
    """Take the key for this request, inside the transaction of its write: an id to `keep` the answer under.

    The answer of before, where the same request was answered already; KeyUsedOtherwise for another request. While the
    first is under way, the second waits for its end.
    """
    made = {"id": uuid7(), "owner": owner, "key": key, "digest": digest, "at": at, "until": at + KEPT_FOR}
    for (claimed,) in asked(_CLAIM, made):
        return UUID(str(claimed))
    kept = KeptAnswer.objects.get(owner=owner, key=key)
    if kept.digest != digest:
        raise KeyUsedOtherwise
    return Kept(kept.status or 200, kept.headers, kept.body)


def keep(kept_id: UUID, answer: Kept, *, owner: str) -> None:
    """Write the answer down with COMMIT, in the same transaction: closed, for this owner's key alone."""
    body = closed_by_hand(KeptAnswer, "body", answer.body, owner=owner, pk=kept_id)
    told(_KEEP, [answer.status, json.dumps(answer.headers), body, kept_id])


def forget_expired(*, at: datetime) -> int:
    """Throw away a batch of those whose time is over; how many."""
    over = list(KeptAnswer.objects.filter(expires_at__lte=at).values_list("pk", flat=True)[:_BATCH])
    KeptAnswer.objects.filter(pk__in=over).delete()
    return len(over)

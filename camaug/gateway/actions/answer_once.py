import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from camaug.gateway.models import KeptAnswer
from camaug.kernel.closed import closed_by_hand
from camaug.kernel.errors import DomainError
from camaug.kernel.ids import uuid7
from camaug.kernel.prepared import Row, settle, told

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


class AnsweredBefore(Exception):
    """The key is taken: whatever was done since it was claimed is undone, and the answer of before is given."""


class KeyUsedOtherwise(DomainError):
    """An idempotency key belongs to one request."""

    sentence = _("This idempotency key was used for another request. Take a new key for each new request.")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    status: int
    headers: dict[str, str]
    body: bytes


class Claim:
    """A key that a request takes for itself inside the transaction of its write.

    It is claimed with whatever the write asks first, so that the claim costs no way to the database of its own:
    AnsweredBefore is raised there, and all is undone that was done behind it. While the first request is under way, the
    second waits for its end.
    """

    def __init__(self, owner: str, key: str, digest: str, *, at: datetime) -> None:
        self.id, self.owner, self._taken = uuid7(), owner, False
        made = {"id": self.id, "owner": owner, "key": key, "digest": digest, "at": at, "until": at + KEPT_FOR}
        told(_CLAIM, made, check=self._check)

    def keep(self, answer: Kept) -> None:
        """Write the answer down with COMMIT, in the same transaction: closed, for this owner's key alone."""
        self.settle()
        if not self._taken:
            raise RuntimeError("a write went on though its key was taken")
        body = closed_by_hand(KeptAnswer, "body", answer.body, owner=self.owner, pk=self.id)
        told(_KEEP, [answer.status, json.dumps(answer.headers), body, self.id])

    def settle(self) -> None:
        """Know by now whether the key was free: before the request is refused, too."""
        if not self._taken:
            settle()

    def _check(self, found: list[Row]) -> None:
        if not found:
            raise AnsweredBefore
        self._taken = True


def answered(owner: str, key: str, digest: str) -> Kept | None:
    """The answer of before to the same request; KeyUsedOtherwise where it was another one, None where the key has
    become free meanwhile.
    """
    kept = KeptAnswer.objects.filter(owner=owner, key=key).first()
    if kept is None:
        return None
    if kept.digest != digest:
        raise KeyUsedOtherwise
    return Kept(kept.status or 200, kept.headers, kept.body)


def forget_expired(*, at: datetime) -> int:
    """Throw away a batch of those whose time is over; how many."""
    over = list(KeptAnswer.objects.filter(expires_at__lte=at).values_list("pk", flat=True)[:_BATCH])
    KeptAnswer.objects.filter(pk__in=over).delete()
    return len(over)

"""What a leaf says: ids, names and instants in clear; all else that an event tells as salted commitments, one a key.

An entry can be shown to anybody, and each value be opened by itself: its commitment is
SHA-256(salt || JSON of [key, value]). Each key has its own salt, so that a value can be erased for good while the entry
stays what it was.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Buffer, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from camaug.kernel.beside import erasable_beside
from camaug.kernel.models import EventRecord

VERSION = 1
SALT = 16
ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Opening:
    """The salts of an entry's keys: from one secret, or, once something was erased, those that are left."""

    secret: bytes | None
    left: Mapping[str, str]

    @classmethod
    def of(cls, salt: Buffer | None, left: Mapping[str, str] | None) -> Self:
        """As it is kept: a secret, or salts in hex by key."""
        return cls(None if salt is None else bytes(salt), left or {})

    def salt_of(self, key: str) -> bytes | None:
        """The salt of that key; None where it was erased."""
        if self.secret is not None:
            return hmac.digest(self.secret, key.encode(), "sha256")[:SALT]
        return bytes.fromhex(self.left[key]) if key in self.left else None

    def without(self, gone: str, keys: Mapping[str, object]) -> dict[str, str]:
        """The salts that are left of those keys when one is erased: nobody can try out what its value was."""
        salts = {key: self.salt_of(key) for key in keys if key != gone}
        return {key: salt.hex() for key, salt in salts.items() if salt}


def values_of(row: EventRecord, beside: Mapping[str, Any]) -> dict[str, Any]:
    """All that an event tells, by key: who acted by name, from where, its facts, and what lies beside it."""
    facts = {f"facts.{key}": value for key, value in row.facts.items()}
    return {
        "actor_name": row.actor_name,
        ORIGIN: row.origin,
        **facts,
        **{f"beside.{k}": v for k, v in beside.items()},
    }


def may_be_erased(key: str) -> bool:
    """Whether the law lets this value go: from where something was done, and the words of somebody beside it."""
    return key == ORIGIN or key in erasable_beside()


def commitment(key: str, value: Any, salt: bytes) -> str:
    """The commitment to one value, in base64."""
    return base64.b64encode(hashlib.sha256(salt + canonical([key, value])).digest()).decode()


def entry_of(row: EventRecord, told: Mapping[str, str]) -> bytes:
    """The leaf's text; `told` has the commitments by key."""
    return canonical({**clear(row), "told": told})


def clear(row: EventRecord) -> dict[str, Any]:
    """What an entry says openly of the event."""
    return {
        "v": VERSION,
        "id": str(row.id),
        "name": row.name,
        "subject": str(row.subject_id),
        "actor": _id(row.actor_id),
        "actor_kind": row.actor_kind,
        "post": _id(row.post_id),
        "unit": _id(row.unit_id),
        "at": instant(row.at),
        "recorded_at": instant(row.recorded_at),
    }


def sealed_entry(row: EventRecord, beside: Mapping[str, Any], secret: bytes) -> bytes:
    """The entry of an event that is sealed now."""
    opening = Opening(secret, {})
    values = values_of(row, beside)
    return entry_of(row, {key: commitment(key, value, opening.salt_of(key) or b"") for key, value in values.items()})


def canonical(value: Any) -> bytes:
    """JSON in one form only: names sorted, no blanks, text as UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def instant(at: datetime) -> str:
    """UTC with microseconds, as PostgreSQL keeps it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _id(value: object) -> str | None:
    return None if value is None else str(value)

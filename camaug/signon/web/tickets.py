"""What a person has done about a request, carried in its address: signed by us, for this very request, for a while."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import QueryDict

from camaug.signon.steps import NOTHING, Said

NAME = "said"
_SALT = "camaug.signon.said"
_HOLDS = 1800  # seconds


def said_in(query: QueryDict) -> Said:
    """What the ticket in the query says; nothing where it is none, too old or of another request."""
    try:
        told: dict[str, Any] = signing.loads(query.get(NAME, ""), salt=_SALT, max_age=_HOLDS)
    except signing.BadSignature:
        return NOTHING
    if told.get("of") != _digest(query):
        return NOTHING
    account = {name: UUID(told[name]) if told.get(name) else None for name in ("chosen", "agreed", "refused")}
    asked_at = datetime.fromtimestamp(told["asked_at"], UTC) if told.get("asked_at") else None
    return Said(asked_at=asked_at, **account)


def with_said(query: QueryDict, **more: Any) -> str:
    """The query with a ticket that says what it said and `more`; `asked_at` is an instant, the others are accounts."""
    said = replace(said_in(query), **more)
    told: dict[str, Any] = {"of": _digest(query), "asked_at": said.asked_at.timestamp() if said.asked_at else None}
    told |= {name: str(getattr(said, name) or "") for name in ("chosen", "agreed", "refused")}
    again = _without(query)
    again[NAME] = signing.dumps(told, salt=_SALT)
    return again.urlencode()


def _digest(query: QueryDict) -> str:
    return sha256(_without(query).urlencode().encode()).hexdigest()


def _without(query: QueryDict) -> QueryDict:
    rest = query.copy()
    rest.pop(NAME, None)
    return rest

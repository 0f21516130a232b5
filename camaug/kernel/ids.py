"""Identifiers: UUIDv7, so that an index grows at its end."""

from uuid import UUID

from uuid_utils import compat


def uuid7() -> UUID:
    """A new time-ordered identifier (RFC 9562, version 7)."""
    return compat.uuid7()


def read_id(text: str) -> UUID | None:
    """The identifier that a text from outside holds; None where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None

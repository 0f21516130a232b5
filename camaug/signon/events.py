from uuid import UUID

from camaug.kernel.events import Event, event


@event
class SystemRegistered(Event):
    """A system may let people in by asking us who they are; the subject is the system."""

    client_id: str
    called: str
    owner_id: UUID


@event
class SystemChanged(Event):
    """What a system is, where it is found or what it may ask was changed."""

    changed: list[str]


@event
class SystemClosed(Event):
    """A system lets nobody in by us any more."""

    client_id: str


@event
class SystemSecretMade(Event):
    """A system got a new secret; those before hold until an instant."""

    prefix: str
    others_until: str


@event
class SystemTokenIssued(Event):
    """A system showed its secret and may ask for itself until an instant; the subject is the system."""

    scopes: list[str]
    until_at: str


@event
class ConsentGiven(Event):
    """A person allowed a system of others to know something; the subject is the account."""

    system_id: UUID
    scopes: list[str]


@event
class ConsentWithdrawn(Event):
    """A person took back what a system could know and do in his name; the subject is the account."""

    system_id: UUID
    scopes: list[str]


@event
class SystemEntered(Event):
    """An account entered a system; the subject is the account."""

    system_id: UUID
    sign_on_id: UUID


@event
class SystemsLeft(Event):
    """An account's sign-ons of a session have ended; the subject is the account."""

    system_ids: list[UUID]


@event
class SecretUsedTwice(Event):
    """A code or refresh token came a second time, so that all that came of it was revoked; subject: the account."""

    system_id: UUID
    what: str


@event
class LogoutNoticeGivenUp(Event):
    """A system could not be told that a sign-on had ended; the subject is the notice."""

    system_id: UUID
    problem: str
    attempts: int

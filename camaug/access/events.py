from uuid import UUID

from camaug.kernel.events import Event, event


@event
class AccountOpened(Event):
    """Somebody proved a phone or mailbox that had no account."""

    channel: str


@event
class OfficerAccountsOpened(Event):
    """Accounts were made for officers who had none; they cannot sign in before activation."""

    count: int


@event
class OfficerActivated(Event):
    """An officer's account got a password."""


@event
class AccountClosed(Event):
    """An account was closed."""


@event
class PersonLinked(Event):
    """The account's owner said who he is."""

    person_id: UUID


@event
class SignedIn(Event):
    """An account signed in, by "password" or "code"."""

    how: str


@event
class SignedOut(Event):
    """An account signed out."""


@event
class TokenIssued(Event):
    """A secret was made by which a program acts for the account, or for a client system; the subject is the token."""

    prefix: str
    client: str
    scopes: list[str]


@event
class TokenRevoked(Event):
    """A token opens nothing any more."""

    prefix: str


@event
class LanguageChosen(Event):
    """An account said in which language it wants to be written to."""

    language: str

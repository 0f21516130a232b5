from datetime import date
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
class OfficerInvited(Event):
    """An officer may choose his password by a link; the subject is the account."""

    invitation_id: UUID
    by_mail: bool


@event
class InvitationsAsked(Event):
    """An administrator asked for many invitations at once; the subject is the round."""

    agency_id: UUID | None
    addresses: int


@event
class InvitationWithdrawn(Event):
    """A link opens nothing any more, unused; the subject is the account."""

    invitation_id: UUID


@event
class FirstAdministratorInvited(Event):
    """Whoever runs the machine had a link made for an administrator; the subject is the account."""


@event
class PasswordChosen(Event):
    """An account got another password."""


@event
class AccountClosed(Event):
    """An account was closed."""


@event
class IdlenessForetold(Event):
    """An officer was told that his account closes on that day unless he signs in before; the subject is the account."""

    closes_on: date


@event
class AccountClosedAsIdle(Event):
    """Nobody had used an officer's account for long; the subject is the account."""


@event
class AccountReopened(Event):
    """A closed account can be signed in to again; the subject is the account."""


@event
class SecondStepGuessed(Event):
    """So many wrong codes in a day of somebody who had given the first proof; the subject is the account."""

    tries: int


@event
class FactorsReset(Event):
    """Somebody in office took all second factors of another's account away, since they were lost; the subject is the
    account.
    """

    factors: int


@event
class SignedOutEverywhere(Event):
    """An administrator ended all that another's account had open; the subject is the account, which stays open."""


@event
class EverybodySignedOut(Event):
    """An administrator ended all sessions but his own; the subject is his account."""

    count: int


@event
class PersonLinked(Event):
    """The account's owner said who he is."""

    person_id: UUID


@event
class OutsideIdentityLinked(Event):
    """An identity from outside opens the account from now on."""

    issuer: str


@event
class OutsideIdentityUnlinked(Event):
    """An identity from outside opens the account no longer."""

    issuer: str


@event
class EndedOutside(Event):
    """The provider said that a session over there had ended, so that those from it ended; subject: the account."""

    issuer: str
    count: int


@event
class PersonReleased(Event):
    """Somebody else proved to be the person that an account had named; the account keeps what it did itself."""

    person_id: UUID
    now_id: UUID


@event
class AccountsJoined(Event):
    """Two accounts turned out to be one person's; the subject is the one that stays."""

    other_id: UUID


@event
class SignedIn(Event):
    """An account signed in; `how` names all it showed: "password", "password+totp", "webauthn"."""

    how: str


@event
class FactorAdded(Event):
    """An account got a second factor, "TOTP" or "PASSKEY"."""

    kind: str


@event
class FactorRemoved(Event):
    """A second factor opens nothing any more."""

    kind: str


@event
class RecoveryCodesMade(Event):
    """An account got new recovery codes; older ones open nothing any more."""

    count: int


@event
class RecoveryCodeUsed(Event):
    """A recovery code took a factor's place; it opens nothing any more."""


@event
class IdentityConfirmed(Event):
    """Somebody signed in showed once more who he is, before something weighty; `how` as in allauth's records."""

    how: str


@event
class SessionEnded(Event):
    """An account was signed out in another browser of its; the subject is the account."""

    count: int


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


@event
class MachineAccountOpened(Event):
    """A program got an account: a technical one for a client system, or a service's."""

    kind: str
    owner: UUID
    days: int


@event
class AccessReviewOpened(Event):
    """What lets people and programs of an agency in is to be reviewed until a day; the subject is the review."""

    agency_id: UUID
    lines: int
    due_on: date


@event
class AccessReviewReminded(Event):
    """Lines of a review wait still, before its day or after it; the subject is the review."""

    agency_id: UUID
    waiting: int
    due_on: date


@event
class RoleReviewed(Event):
    """A line of a review was decided, "CONFIRMED", "ENDED" or "LAPSED"; the subject is the officer."""

    review_id: UUID
    position: UUID
    role: str
    decision: str


@event
class AccessReviewed(Event):
    """A line about no role of a position was decided, "CONFIRMED", "ENDED" or "LAPSED"; `kind` says what it is about.

    The subject is who carries the entrusted role or stands in, the program's account, the token or the system; `held`
    the entrusted role, the absence, or the same.
    """

    review_id: UUID
    kind: str
    held: UUID
    decision: str


@event
class AccessReviewFinished(Event):
    """All lines of a review are decided; the subject is the review."""

    agency_id: UUID

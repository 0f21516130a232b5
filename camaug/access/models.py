from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from camaug.access.identities import Linkage
from camaug.kernel.ids import uuid7


class AccountKind(models.TextChoices):
    """Who acts by the account. TECHNICAL: one client system and nothing else; SERVICE: a program of the province's."""

    OFFICER = "OFFICER"
    ADMINISTRATOR = "ADMINISTRATOR"
    OPERATOR = "OPERATOR"
    CITIZEN = "CITIZEN"
    TECHNICAL = "TECHNICAL"
    SERVICE = "SERVICE"


IN_OFFICE = (AccountKind.OFFICER, AccountKind.ADMINISTRATOR, AccountKind.OPERATOR)
"""Working for agencies, administering, keeping it running: each is what its officer's entry is (a foreign key says)."""
MACHINES = (AccountKind.TECHNICAL, AccountKind.SERVICE)
"""Kinds by which nobody signs in: they have tokens, an owner, a purpose and an end."""
_BY_TOKEN_ONLY = (
    models.Q(
        officer__isnull=True,
        person__isnull=True,
        email__isnull=True,
        phone__isnull=True,
        password__startswith="!",  # noqa: S106 (no password at all)
        owner__isnull=False,
        expires_at__isnull=False,
    )
    & ~models.Q(name="")
    & ~models.Q(purpose="")
)
_OF_NO_MACHINE = models.Q(owner__isnull=True, expires_at__isnull=True, name="", purpose="", client="")


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=username)


class Account(AbstractBaseUser):
    """Who acts: one in office (official mail and password), a citizen (phone or e-mail, one-time code), or a program.

    `linkage`: how it is known that `person` is the owner. One that was `joined_to` another account is closed for good:
    what it had belongs to that one.
    A program's has a `name` and a `purpose`, an officer as `owner` and an end; a technical one its `client` system.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=13, choices=AccountKind)
    email = models.EmailField(unique=True, null=True)
    phone = models.CharField(max_length=16, unique=True, null=True)
    officer = models.OneToOneField("people.Officer", models.PROTECT, null=True, related_name="+")
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, related_name="+")
    linkage = models.CharField(max_length=8, choices=Linkage, blank=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5, default="vi")
    password_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    client = models.CharField(max_length=80, blank=True)
    expires_at = models.DateTimeField(null=True)

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False)
                | models.Q(phone__isnull=False)
                | models.Q(linkage="OUTSIDE")
                | models.Q(joined_to__isnull=False)
                | models.Q(kind__in=MACHINES),
                name="account_can_be_entered",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True, linkage="")
                | (models.Q(person__isnull=False) & ~models.Q(linkage="")),
                name="account_says_how_its_person_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_to__isnull=True)
                | models.Q(is_active=False, email=None, phone=None, person=None),
                name="joined_account_has_nothing",
            ),
            models.CheckConstraint(
                condition=(models.Q(kind="CITIZEN", officer__isnull=True) & _OF_NO_MACHINE)
                | (models.Q(kind__in=IN_OFFICE, officer__isnull=False, person__isnull=True) & _OF_NO_MACHINE)
                | (models.Q(kind="SERVICE", client="") & _BY_TOKEN_ONLY)
                | (models.Q(kind="TECHNICAL") & ~models.Q(client="") & _BY_TOKEN_ONLY),
                name="account_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email=Lower("email")),
                name="account_email_is_lower_case",
            ),
        ]


class Tokens(models.QuerySet["ApiToken"]):
    def valid(self, at: datetime) -> Self:
        """Those that open something at that instant."""
        account = models.Q(account__isnull=True) | models.Q(account__is_active=True)
        return self.filter(account, revoked_at__isnull=True, expires_at__gt=at)


class ApiToken(models.Model):
    """A secret by which a program acts: for the account that made it, or for a client system that acts for nobody.

    Only its digest is kept; `prefix` says which it is, `level` and `shown_at` how surely and when its owner was known.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    client = models.CharField(max_length=120, blank=True)
    scopes = ArrayField(models.CharField(max_length=10))
    level = models.CharField(max_length=10, blank=True)
    shown_at = models.DateTimeField(null=True)
    per_minute = models.PositiveIntegerField(default=600)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = Tokens.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, client="")
                | (models.Q(account__isnull=True) & ~models.Q(client="")),
                name="token_has_one_owner",
            ),
        ]
        indexes = [models.Index(fields=["account", "-created_at"], name="token_by_account")]


class SignInCodes(models.QuerySet["SignInCode"]):
    def stale(self, *, before: datetime) -> Self:
        """Codes that ended before that instant; nobody can use them and nothing else needs them."""
        return self.filter(expires_at__lt=before)


class SignInCode(models.Model):
    """A one-time code sent to a phone or mailbox. Only a keyed digest of it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = SignInCodes.as_manager()


class FactorKind(models.TextChoices):
    TOTP = "TOTP"
    PASSKEY = "PASSKEY"


class Factor(models.Model):
    """A second factor of an account: an application that shows codes, or a passkey.

    `concealed` holds an application's secret, `credential` a passkey's public half. `counter` is the last half minute
    whose code was used, or the passkey's own count of signatures.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FactorKind)
    name = models.CharField(max_length=60)
    concealed = models.TextField(blank=True)
    credential_id = models.BinaryField(max_length=1023, unique=True, null=True)
    credential = models.BinaryField(null=True)
    counter = models.BigIntegerField(default=-1)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(kind="TOTP"), name="factor_one_application_each"
            ),
            models.CheckConstraint(
                condition=(models.Q(kind="TOTP", credential__isnull=True) & ~models.Q(concealed=""))
                | models.Q(kind="PASSKEY", credential__isnull=False, credential_id__isnull=False, concealed=""),
                name="factor_holds_what_its_kind_needs",
            ),
        ]


class RecoveryCode(models.Model):
    """A code on paper that takes a lost factor's place once. Only a keyed digest of it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]


class PastPassword(models.Model):
    """A hash of a password that an account had before, so that it is not taken again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    password = models.CharField(max_length=128)
    until_at = models.DateTimeField()


class OpenSession(models.Model):
    """A browser in which an account is signed in: since when, from where, noted as used last when.

    The session itself may have ended since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    origin = models.CharField(max_length=45)
    agent = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class Throttle(models.Model):
    """How often something was tried in a window that ends at `until`; the key is a keyed digest of what is counted."""

    key = models.CharField(primary_key=True, max_length=64)
    hits = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)


class Idleness(models.Model):
    """How an officer's account stands that was not used for long: when he was told, when it was closed for that, when
    it was opened again.
    """

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="idleness")
    warned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)


class DecisionKind(models.TextChoices):
    REOPENED = "REOPENED"
    FACTORS_RESET = "FACTORS_RESET"
    SIGNED_OUT = "SIGNED_OUT"
    KIND_CHANGED = "KIND_CHANGED"


class AccountDecision(models.Model):
    """What somebody in office decided about another's account, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=DecisionKind)
    reason = models.TextField()
    by_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="account_decision_has_a_reason")]


class InvitationRound(models.Model):
    """Invitations asked for at once: for an agency and all below it, or for a list of official addresses.

    The worker goes through the accounts in the order of their ids, up to `last`. `again`: also those whose letter is
    under way. `unknown` are addresses of the list that are no officer's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    addresses = ArrayField(models.EmailField(), default=list)
    again = models.BooleanField()
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120)
    origin = models.CharField(max_length=45)
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    last = models.UUIDField(null=True)
    unknown = ArrayField(models.TextField(), default=list)
    finished_at = models.DateTimeField(null=True)


class Invitations(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither used nor withdrawn; some may have expired."""
        return self.filter(used_at=None, withdrawn_at=None)

    def valid(self, at: datetime) -> Self:
        """Those whose link opens something at that instant."""
        return self.open().filter(expires_at__gt=at)


class Invitation(models.Model):
    """A link by which an officer chooses the password of his account, once, until `expires_at`.

    The link is signed and kept nowhere: whoever reads the table opens nothing. `by_mail`: a letter brings it; otherwise
    it was handed over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    round = models.ForeignKey(InvitationRound, models.PROTECT, null=True, related_name="+")
    by_mail = models.BooleanField()
    written_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Invitations.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="invitation_one_open_each",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None), name="invitation_ends_once"
            ),
        ]


class AccessReview(models.Model):
    """The roles of an agency's officers on a day, to be confirmed or ended one by one until `due_date`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_date = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(finished_at=None), name="access_review_one_open_each"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-opened_at"], name="access_review_by_agency")]


class ReviewDecision(models.TextChoices):
    CONFIRMED = "CONFIRMED"
    ENDED = "ENDED"
    LAPSED = "LAPSED"


class ReviewLine(models.Model):
    """One role of one position in a review. LAPSED: the position had lost it before anybody decided."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="lines")
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    officer_id = models.UUIDField()
    officer_name = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    decision = models.CharField(max_length=10, choices=ReviewDecision, blank=True)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "position", "role"], name="review_line_once"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="review_line_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="ENDED") | ~models.Q(reason=""), name="review_line_ends_for_a_reason"
            ),
        ]

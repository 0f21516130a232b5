"""Accounts and their kinds."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
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

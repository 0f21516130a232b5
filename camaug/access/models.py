from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from camaug.kernel.ids import uuid7


class AccountKind(models.TextChoices):
    OFFICER = "OFFICER"
    CITIZEN = "CITIZEN"


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=username)


class Account(AbstractBaseUser):
    """Who is at the keyboard: an officer (official mail and password) or a citizen (phone or e-mail, one-time code)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=AccountKind)
    email = models.EmailField(unique=True, null=True)
    phone = models.CharField(max_length=16, unique=True, null=True)
    officer = models.OneToOneField("people.Officer", models.PROTECT, null=True, related_name="+")
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False), name="account_can_be_reached"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="CITIZEN", officer__isnull=True)
                | models.Q(kind="OFFICER", officer__isnull=False, person__isnull=True),
                name="account_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email=Lower("email")),
                name="account_email_is_lower_case",
            ),
        ]


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


class Throttle(models.Model):
    """How often something was tried in a window that ends at `until`; the key is a keyed digest of what is counted."""

    key = models.CharField(primary_key=True, max_length=64)
    hits = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

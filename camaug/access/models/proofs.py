"""What somebody signs in by beside the account itself."""

from datetime import datetime
from typing import Self

from django.db import models

from camaug.access.models.accounts import Account
from camaug.kernel.ids import uuid7


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
    """A code on paper that takes a lost factor's place once. Only a slow, salted hash of it is kept (`recovery`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=200)
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

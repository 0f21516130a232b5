"""Tokens of programs."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from camaug.access.models.accounts import Account
from camaug.kernel.ids import uuid7


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

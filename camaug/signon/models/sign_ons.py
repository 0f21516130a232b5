from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from camaug.kernel.ids import uuid7
from camaug.signon.models.systems import System
from camaug.signon.scopes import OFFLINE


class Consent(models.Model):
    """What a person has allowed a system of others to know of him."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=20))
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("account", "system", name="account_consents_to_a_system_once")]


class SignOn(models.Model):
    """An account in a system, from one session here, which `session` names; the id is the system's `sid`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    session = models.UUIDField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "system"], condition=models.Q(ended_at__isnull=True), name="session_enters_once"
            )
        ]
        indexes = [
            models.Index(fields=["account", "-started_at"], name="sign_on_by_account"),
            BrinIndex(fields=["started_at"], name="sign_on_by_age"),
        ]


class Authorization(models.Model):
    """What a sign-on was granted: the code, by its digest, and what was asked with it.

    `authenticated_at`, `methods` (amr) and `level` (acr) say how the person had signed in here.
    Used a second time, the code or an exchanged refresh token revokes all tokens that came of it. `offline`: they hold
    on when the sign-on ends, as a mail program wants.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sign_on = models.ForeignKey(SignOn, models.CASCADE, related_name="authorizations")
    code = models.CharField(max_length=64, unique=True)
    redirect_uri = models.CharField(max_length=400)
    scopes = ArrayField(models.CharField(max_length=20))
    nonce = models.CharField(max_length=500, blank=True)
    challenge = models.CharField(max_length=128)
    authenticated_at = models.DateTimeField()
    methods = ArrayField(models.CharField(max_length=20))
    level = models.CharField(max_length=80)
    offline = models.BooleanField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class TokenKind(models.TextChoices):
    ACCESS = "access_token"
    REFRESH = "refresh_token"


class SignOnTokens(models.QuerySet["Token"]):
    def valid(self, at: datetime) -> Self:
        """Those that open something, as long as account, system and sign-on do."""
        there = models.Q(authorization__sign_on__ended_at__isnull=True) | models.Q(
            authorization__offline=True, authorization__sign_on__system__scopes__contains=[OFFLINE]
        )
        return self.filter(
            there,
            expires_at__gt=at,
            used_at__isnull=True,
            revoked_at__isnull=True,
            authorization__revoked_at__isnull=True,
            authorization__sign_on__system__closed_at__isnull=True,
            authorization__sign_on__account__is_active=True,
        )


class Token(models.Model):
    """A secret by which a system asks in a person's name; a refresh token is `used` once it was exchanged."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authorization = models.ForeignKey(Authorization, models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=15, choices=TokenKind)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = SignOnTokens.as_manager()

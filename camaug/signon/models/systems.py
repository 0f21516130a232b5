from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from camaug.kernel.ids import uuid7
from camaug.signon.scopes import SCIM


class Authentication(models.TextChoices):
    """How a system shows that it is itself: a secret in a header, in the form, or (an app on people's devices) not."""

    BASIC = "client_secret_basic"
    POST = "client_secret_post"
    NONE = "none"


class Audience(models.TextChoices):
    """Whose sign-in a system takes: officers who hold a post, citizens and businesses, or both."""

    STAFF = "STAFF"
    MEMBERS = "MEMBERS"
    EVERYBODY = "EVERYBODY"


class Systems(models.QuerySet["System"]):
    def open(self) -> Self:
        """Those that may be entered."""
        return self.filter(closed_at__isnull=True)


class System(models.Model):
    """Software that lets people in by asking us who they are.

    `outside`: not the province's own, so that people are asked for their consent. `guards` are scopes whose tokens it
    may ask us about, as a mail server does. `roles`: any of them is needed to enter; empty means any post.
    `told_of`: with SCIM it is told of that agency and all below it; None: of the whole province.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    contact = models.EmailField()
    outside = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=Audience)
    roles = ArrayField(models.CharField(max_length=30), default=list)
    authentication = models.CharField(max_length=20, choices=Authentication)
    scopes = ArrayField(models.CharField(max_length=20))
    guards = ArrayField(models.CharField(max_length=20), default=list)
    told_of = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    redirect_uris = ArrayField(models.CharField(max_length=400), default=list)
    post_logout_uris = ArrayField(models.CharField(max_length=400), default=list)
    logout_uri = models.CharField(max_length=400, blank=True)
    home_uri = models.CharField(max_length=400, blank=True)
    algorithm = models.CharField(max_length=5, default="RS256")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = Systems.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(algorithm__in=["RS256", "ES256"]), name="system_is_signed_for_by_a_known_algorithm"
            ),
            models.CheckConstraint(
                condition=~models.Q(authentication="none") | models.Q(guards=[]), name="who_guards_has_a_secret"
            ),
            models.CheckConstraint(
                condition=~models.Q(authentication="none", scopes__contains=[SCIM]),
                name="who_asks_for_itself_has_a_secret",
            ),
        ]


class Secrets(models.QuerySet["SystemSecret"]):
    def valid(self, at: datetime) -> Self:
        """Those that hold at that instant."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gt=at))


class SystemSecret(models.Model):
    """What a system shows to be itself; only its digest is kept. A new one lets the one before hold until `until`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    system = models.ForeignKey(System, models.PROTECT, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = Secrets.as_manager()


class SystemToken(models.Model):
    """A secret by which a system asks for itself, in nobody's name (RFC 6749 4.4); only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

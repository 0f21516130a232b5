"""Browsers that are signed in, attempts, and how long nothing came."""

from django.db import models

from camaug.access.models.accounts import Account
from camaug.kernel.ids import uuid7


class OpenSession(models.Model):
    """A browser in which an account is signed in: since when, from where, noted as used last when.

    `mark` is the session's own, by which what was entered from it is found. The session itself may have ended since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    mark = models.UUIDField(null=True)
    origin = models.CharField(max_length=45)
    agent = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mark"], name="session_by_mark")]


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

"""Invitations to choose a password."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from camaug.access.models.accounts import Account
from camaug.kernel.ids import uuid7


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

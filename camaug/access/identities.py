"""How an account is known to be its person's, and who vouches for him from outside; models, as in `models.py`."""

from django.db import models

from camaug.kernel.ids import uuid7


class Linkage(models.TextChoices):
    """How it is known that an account is its person's: by word alone; by word that fitted name and contact on record;
    by an office that saw the person; by an identity from outside.
    """

    DECLARED = "DECLARED"
    MATCHED = "MATCHED"
    OFFICE = "OFFICE"
    OUTSIDE = "OUTSIDE"


PROVEN = frozenset({Linkage.OFFICE, Linkage.OUTSIDE})
"""Words alone are not enough to hand an account over to whoever proves to be that person."""


class OutsideSession(models.Model):
    """The session at a provider from which one here came, as that provider names it; `sid`: "" where it has none."""

    session = models.OneToOneField("access.OpenSession", models.CASCADE, primary_key=True, related_name="outside")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    sid = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["issuer", "subject"], name="outside_session_by_subject"),
            models.Index(fields=["issuer", "sid"], condition=~models.Q(sid=""), name="outside_session_by_sid"),
        ]


class OutsideEnding(models.Model):
    """That a provider's session ended was told once, by the message with that digest; kept until it is too old."""

    digest = models.CharField(primary_key=True, max_length=64)
    until = models.DateTimeField(db_index=True)


class OutsideIdentity(models.Model):
    """By whom the account's owner is vouched for: a provider, and who he is there (`subject`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("issuer", "subject", name="outside_identity_opens_one_account")]

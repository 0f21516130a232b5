"""What was decided about accounts."""

from django.db import models

from camaug.access.models.accounts import Account
from camaug.kernel.ids import uuid7


class DecisionKind(models.TextChoices):
    REOPENED = "REOPENED"
    FACTORS_RESET = "FACTORS_RESET"
    SIGNED_OUT = "SIGNED_OUT"
    KIND_CHANGED = "KIND_CHANGED"
    ALL_SIGNED_OUT = "ALL_SIGNED_OUT"
    """Everybody was; it stands with the account of who did so."""


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

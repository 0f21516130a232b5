from django.db import models

from camaug.cases.lifecycle import RefundState
from camaug.cases.models.case import Case
from camaug.kernel.ids import uuid7


class RefundReason(models.TextChoices):
    """Why money goes back: less is due than was paid, or the case ends without what was paid for."""

    LESS_DUE = "LESS_DUE"
    DENIED = "DENIED"
    REFUSED = "REFUSED"
    STOPPED = "STOPPED"


class Refund(models.Model):
    """Fees that the receiving `agency` owes back, in đồng. `payee_name` and `payee_number` are who gets them: the
    applicant, until somebody else took the money. `paid_by` is the account that paid it back, `receipt_number` that of
    the voucher.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="refunds")
    agency = models.ForeignKey("people.Agency", models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=9, default=RefundState.OWED)
    reason = models.CharField(max_length=8, choices=RefundReason)
    amount = models.PositiveBigIntegerField()
    payee_name = models.CharField(max_length=200)
    payee_number = models.CharField(max_length=14, blank=True)
    owed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    paid_by = models.UUIDField(null=True)
    way = models.CharField(max_length=10, blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_is_of_something"),
            models.CheckConstraint(
                condition=models.Q(state="OWED", paid_at__isnull=True)
                | models.Q(state="PAID_BACK", paid_at__isnull=False, paid_by__isnull=False)
                & ~models.Q(way="")
                & ~models.Q(receipt_number=""),
                name="paid_refund_says_when_by_whom_and_how",
            ),
            models.UniqueConstraint("case", condition=models.Q(state="OWED"), name="one_refund_is_owed_a_case"),
        ]
        indexes = [models.Index(fields=["agency", "state", "owed_at", "id"], name="refund_of_a_counter")]

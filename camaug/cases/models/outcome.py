from django.db import models

from camaug.cases.lifecycle import DeliveryState, PaymentState, ResultState
from camaug.cases.models.case import Case
from camaug.kernel.closed import ClosedJSONField, ClosedTextField
from camaug.kernel.ids import uuid7
from camaug.kernel.json_column import JSONColumn
from camaug.kernel.models import Blob


def _printed(name: str) -> models.Index:
    """By the file, which whoever clears files away asks for; without the second index for beginnings of its digest."""
    return models.Index(fields=["blob"], condition=models.Q(blob__isnull=False), name=name)


class PaymentWay(models.TextChoices):
    """How money was taken at the counter."""

    CASH = "CASH"
    TRANSFER = "TRANSFER"
    TREASURY = "TREASURY"


class PaymentKind(models.TextChoices):
    """A fee of the procedure, or a duty to the State's budget that another agency worked out (a tax notice)."""

    FEE = "FEE"
    DUTY = "DUTY"


class Payment(models.Model):
    """Money owed for a case, in đồng; `items` are the fee items it was worked out from.

    A duty is paid into the State's budget: `document` is the number of the paper that proves it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="payments")
    state = models.CharField(max_length=8, default=PaymentState.OWED)
    kind = models.CharField(max_length=4, choices=PaymentKind, default=PaymentKind.FEE)
    items = JSONColumn()
    amount = models.PositiveBigIntegerField()
    document = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, choices=PaymentWay, blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)
    taken_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="OWED", paid_at__isnull=True)
                | models.Q(state="PAID", paid_at__isnull=False) & ~models.Q(way=""),
                name="paid_money_says_when_and_how",
            ),
            models.UniqueConstraint("case", "kind", condition=models.Q(state="OWED"), name="one_debt_of_a_kind_a_case"),
        ]


class Delivery(models.Model):
    """The result's way back; the receiver's identity is recorded when it is handed out.

    Where the receiver is not the applicant, `receiver_relation` says who he is to them, `authorisation` which paper
    empowers him. `identity_paper` is the paper that he showed. `earlier` keeps who took what was corrected since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=10, default=DeliveryState.WAITING)
    ready_at = models.DateTimeField(null=True)
    handed_out_at = models.DateTimeField(null=True)
    receiver_name = models.CharField(max_length=120, blank=True)
    receiver_number = models.CharField(max_length=14, blank=True)
    receiver_relation = models.CharField(max_length=120, blank=True)
    identity_paper = models.CharField(max_length=40, blank=True)
    authorisation = models.CharField(max_length=200, blank=True)
    handed_out_by = models.UUIDField(null=True)
    earlier = models.JSONField(default=list)

    def taken(self) -> dict[str, str]:
        """Who took the result and when, as a line of `earlier`."""
        return {
            "at": self.handed_out_at.isoformat() if self.handed_out_at else "",
            "name": self.receiver_name,
            "number": self.receiver_number,
            "relation": self.receiver_relation,
            "identity_paper": self.identity_paper,
            "authorisation": self.authorisation,
        }


class Slip(models.Model):
    """A statutory form as it was issued: `facts` is what it says, `blob` the PDF once it was printed.

    `seal` is the head of the sealed history that was newest when it was first printed; {} where there was none yet.
    `proof_code`, drawn then too, opens the proof of this form to whoever holds the paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="slips")
    form = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=40, blank=True)
    facts = ClosedJSONField(of="case_id")
    seal = models.JSONField(null=True)
    proof_code = models.CharField(max_length=12, null=True, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        indexes = [_printed("slip_by_blob")]
        constraints = [models.UniqueConstraint("case", "form", "ordinal", name="slip_is_issued_once")]


class Result(models.Model):
    """What was decided, as a document with its number in the agency's book of the year.

    A corrected result has a number of its own and names the one that it `replaces`; `ended_note` says why that ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="results")
    result = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    book = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    number_text = models.CharField(max_length=60)
    facts = ClosedJSONField(of="case_id")
    signer_name = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=120)
    signed_date = models.DateField()
    published_at = models.DateTimeField()
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, db_index=False, related_name="+")
    state = models.CharField(max_length=8, default=ResultState.ISSUED)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replacement")
    ended_at = models.DateTimeField(null=True)
    ended_note: "models.TextField[str, str]" = ClosedTextField(blank=True, of="case_id")

    class Meta:
        indexes = [_printed("result_by_blob")]
        constraints = [
            models.UniqueConstraint("book", "agency", "year", "number", name="result_number_is_given_once"),
            models.UniqueConstraint(
                "case", "result", condition=models.Q(state="ISSUED"), name="result_stands_once_in_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(state="ISSUED", ended_at__isnull=True)
                | ~models.Q(state="ISSUED") & models.Q(ended_at__isnull=False),
                name="ended_result_says_when",
            ),
        ]

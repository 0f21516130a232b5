from django.db import models

from camaug.cases.lifecycle import DraftState
from camaug.cases.models.case import Case
from camaug.kernel.closed import ClosedJSONField, ClosedTextField
from camaug.kernel.ids import uuid7


class ShownDraft(models.Model):
    """The draft of a result that the applicant is shown at a `step`: `facts` is what it says, `result` its id in the
    procedure's definition. `answer` is what the applicant finds wrong; `answered_by` the account that said so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    step = models.CharField(max_length=40)
    result = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    facts = ClosedJSONField(of="case_id")
    state = models.CharField(max_length=9, default=DraftState.SHOWN)
    shown_at = models.DateTimeField()
    shown_by = models.ForeignKey("people.Position", models.PROTECT, db_index=False, related_name="+")
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer: "models.TextField[str, str]" = ClosedTextField(blank=True, of="case_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="SHOWN", ended_at__isnull=True)
                | ~models.Q(state="SHOWN") & models.Q(ended_at__isnull=False),
                name="answered_draft_says_when",
            ),
            models.UniqueConstraint("case", condition=models.Q(state="SHOWN"), name="one_draft_waits_in_a_case"),
        ]

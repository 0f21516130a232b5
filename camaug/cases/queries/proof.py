"""The sealed history of one case, for its applicant to show to whom they like."""

from typing import Any

from camaug.audit.queries import proof_of
from camaug.cases.models import Case
from camaug.kernel.models import EventRecord

FORMAT = "camaug-history/1"


def proof_of_case(case: Case) -> dict[str, Any] | None:
    """A proof of each sealed event of the case, its facts opened and no name; None: none is sealed yet."""
    rows = EventRecord.objects.filter(subject_id=case.pk).order_by("at", "id")
    told = [proof_of(row.id, opened=[f"facts.{key}" for key in row.facts]) for row in rows]
    proofs = [one for one in told if one]
    return {"format": FORMAT, "case": case.code, "proofs": proofs} if proofs else None

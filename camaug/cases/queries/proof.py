"""The sealed history of one case, or of one paper of it, for whoever holds it to show to whom they like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from camaug.audit.queries import Sealing, proof_of, sealing_of
from camaug.cases.models import Case, Slip
from camaug.cases.queries.timeline import PUBLIC
from camaug.cases.slips.forms import Form
from camaug.kernel.models import EventRecord

FORMAT = "camaug-history/1"
SAID_BY_CODE = ("facts.code", "facts.due_at")
WORDS = "beside.slip.facts"


@dataclass(frozen=True, slots=True)
class ProvedPaper:
    """A printed form as whoever knows its code is told, which names nobody; `replaced`: it was issued again since.

    `has_words`: all that it says can be proved too, to whoever knows the last digits that stand on it.
    """

    slip: Slip
    code: str
    form: Form
    office: str
    issued_at: datetime
    replaced: bool
    sealing: Sealing

    @property
    def has_words(self) -> bool:
        """A receipt shows the numbers of its applicant; other forms do not show all that they were made from."""
        return self.form == Form.RECEIPT


def proof_of_case(case: Case) -> dict[str, Any] | None:
    """A proof of each sealed event of the case, its facts opened and no name; None: none is sealed yet."""
    rows = EventRecord.objects.filter(subject_id=case.pk).order_by("at", "id")
    return _told(case.code, (proof_of(row.id, opened=_facts(row)) for row in rows))


def proof_of_followed(case: Case) -> dict[str, Any] | None:
    """For whoever follows the case by its code: the steps that such a reader is shown, and what the code says of them.

    Sums, numbers and grounds stay closed.
    """
    rows = EventRecord.objects.filter(subject_id=case.pk, name__in=PUBLIC).order_by("at", "id")
    return _told(case.code, (proof_of(row.id, opened=SAID_BY_CODE) for row in rows))


def proof_of_paper(paper: ProvedPaper, *, words: bool) -> dict[str, Any] | None:
    """A proof of the one event by which the form was issued; `words`: opened to all that the form says."""
    row = _issued(paper.slip)
    if row is None:
        return None
    return _told(paper.code, [proof_of(row.id, opened=[*_facts(row), *([WORDS] if words else [])])])


def paper_of(proof_code: str) -> ProvedPaper | None:
    """The form that bears this code; None where none does."""
    slip = Slip.objects.filter(proof_code=proof_code).first()
    row = _issued(slip) if slip else None
    if slip is None or row is None:
        return None
    return ProvedPaper(
        slip=slip,
        code=slip.facts["code"],
        form=Form(slip.form),
        office=slip.facts["office"]["name"],
        issued_at=slip.issued_at,
        replaced=Slip.objects.filter(case_id=slip.case_id, form=slip.form, ordinal__gt=slip.ordinal).exists(),
        sealing=sealing_of(row.id),
    )


def _issued(slip: Slip) -> EventRecord | None:
    return EventRecord.objects.filter(subject_id=slip.case_id, facts__slip=str(slip.id)).order_by("at", "id").first()


def _facts(row: EventRecord) -> list[str]:
    return [f"facts.{key}" for key in row.facts]


def _told(code: str | None, found: Iterable[dict[str, Any] | None]) -> dict[str, Any] | None:
    proofs = [one for one in found if one]
    return {"format": FORMAT, "case": code, "proofs": proofs} if proofs else None

"""Phiếu lý lịch tư pháp số 1 (Luật Lý lịch tư pháp Đ42; headings of TT 16/2013/TT-BTP)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.cases.events import DecisionProposed
from camaug.cases.lifecycle import ConsultationState
from camaug.cases.models import Case, Note
from camaug.cases.results.answers import Said
from camaug.cases.results.facts import Sheet
from camaug.kernel.models import EventRecord

FINDINGS = ("có án tích", "không có án tích")
NO_BAN = "không bị cấm"


@dataclass(frozen=True, kw_only=True)
class CriminalRecord(Sheet):
    """`record` is what the search found, empty where an officer still has to write it; `ban` only if asked for."""

    name: str
    sex: str
    birth_date: date | None
    birth_place: str
    nationality: str
    residence: str
    temporary_residence: str = ""
    paper: str = ""
    record: str = ""
    ban_asked: bool = False
    ban: str = ""


def criminal_record(case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What the certificate says. What the applicant declared is never printed as a finding: where nobody has written
    what the search found, the line stays empty.
    """
    found = _found(case)
    return CriminalRecord(
        **head,
        name=said.text("subject_name").upper(),
        sex=said.sex("sex"),
        birth_date=said.day("birth_date"),
        birth_place=said.text("birth_place"),
        nationality=said.text("nationality_text") or said.text("nationality"),
        residence=said.text("permanent_residence"),
        temporary_residence=said.text("temporary_residence"),
        paper=said.text("personal_number") or said.text("passport"),
        record=found,
        ban_asked=said.value("ban_statement") == "YES",
        ban="Không bị cấm" if NO_BAN in found.lower() else "",
    )


def _found(case: Case) -> str:
    """What the search found: the latest words that begin with a finding, of a proposal or of an agency asked."""
    events = EventRecord.objects.filter(subject_id=case.pk, name=DecisionProposed.name).order_by("-id")
    noted = [event.facts["note"] for event in events if event.facts.get("note")]
    notes = {str(note.pk): note.text for note in Note.objects.filter(pk__in=noted)}
    answers = case.consultations.filter(state=ConsultationState.ANSWERED).order_by("-ended_at")
    said = [*(notes.get(str(note), "") for note in noted), *(asked.answer for asked in answers)]
    return next((text.strip() for text in said if text.strip().lower().startswith(FINDINGS)), "")

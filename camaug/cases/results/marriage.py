"""Giấy chứng nhận kết hôn (Luật Hộ tịch Đ18; forms of TT 04/2020/TT-BTP, amended by TT 04/2024/TT-BTP)."""

from dataclasses import dataclass
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.answers import Said
from camaug.cases.results.facts import Sheet
from camaug.cases.slips.offices import full_name


@dataclass(frozen=True, kw_only=True)
class Spouse:
    """Wife or husband; `birth` as the form has it."""

    name: str
    birth: str = ""
    ethnicity: str = ""
    nationality: str = ""
    residence: str = ""
    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class MarriageCertificate(Sheet):
    """Both sign it, each gets one (2 bản chính)."""

    wife: Spouse
    husband: Spouse
    registered_at: str = ""


def marriage_certificate(case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What the certificate says."""
    issuer = case.competent_agency_id
    return MarriageCertificate(
        **head,
        wife=_spouse(said, "wife"),
        husband=_spouse(said, "husband"),
        registered_at=full_name(issuer, head["signed_date"]) if issuer else "",
    )


def _spouse(said: Said, which: str) -> Spouse:
    born = said.day(f"{which}.birth_date")
    return Spouse(
        name=said.text(f"{which}.full_name").upper(),
        birth=f"{born:%d/%m/%Y}" if born else "",
        ethnicity=said.text(f"{which}.ethnicity"),
        nationality=said.text(f"{which}.nationality"),
        residence=said.text(f"{which}.residence"),
        paper=said.text(f"{which}.personal_number") or said.text(f"{which}_paper"),
    )

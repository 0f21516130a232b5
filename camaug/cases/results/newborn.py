"""What a newborn gets beside the birth certificate: the notice of residence, the notice of the insurance card."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.answers import Said
from camaug.cases.results.facts import Sheet
from camaug.cases.slips.offices import full_name


@dataclass(frozen=True, kw_only=True)
class ResidenceNotice(Sheet):
    """Thông báo về kết quả giải quyết đăng ký cư trú (form CT08 of TT 55/2021/TT-BCA, TT 66/2023/TT-BCA).

    `personal_number` is given by the national population database: empty until it is, never made up.
    """

    recipient: str
    name: str
    birth_date: date | None
    sex: str
    personal_number: str = ""
    address: str
    head_of_household: str
    head_number: str
    relation: str
    issuer: str = ""


@dataclass(frozen=True, kw_only=True)
class InsuranceNotice(Sheet):
    """Thông báo cấp thẻ bảo hiểm y tế. `card_number` is given by Viet Nam Social Security: empty until it is."""

    recipient: str
    name: str
    birth_date: date | None
    sex: str
    card_number: str = ""
    address: str
    clinic: str


def residence_notice(case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What the commune's police tell the parents."""
    issuer = case.competent_agency_id
    return ResidenceNotice(
        **head,
        recipient=said.text("requester_name") or case.applicant_name,
        name=said.text("child_name").upper(),
        birth_date=said.day("child_birth_date"),
        sex=said.sex("child_sex"),
        address=said.text("residence_address"),
        head_of_household=said.text("household_head"),
        head_number=said.text("household_head_number"),
        relation=said.text("household_relation"),
        issuer=full_name(issuer, head["signed_date"]) if issuer else "",
    )


def insurance_notice(case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What the social insurance tells the parents."""
    return InsuranceNotice(
        **head,
        recipient=said.text("requester_name") or case.applicant_name,
        name=said.text("child_name").upper(),
        birth_date=said.day("child_birth_date"),
        sex=said.sex("child_sex"),
        address=said.text("residence_address"),
        clinic=said.text("clinic"),
    )

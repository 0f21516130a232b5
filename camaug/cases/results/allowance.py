"""Quyết định trợ cấp xã hội hằng tháng (NĐ 20/2021/NĐ-CP Đ5, Đ6, Đ8; standard of NĐ 76/2024/NĐ-CP)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.answers import Said
from camaug.cases.results.facts import Sheet
from camaug.cases.slips.offices import agency_name

STANDARD = 500_000
"""Mức chuẩn trợ giúp xã hội, đồng a month, from 1 July 2024. A province may set a higher one: none is known here."""

CLAUSES = {
    "CHILD_ALONE": 1,
    "PUPIL": 2,
    "HIV_CHILD": 3,
    "SINGLE_PARENT": 4,
    "ELDERLY": 5,
    "DISABLED": 6,
    "SMALL_CHILD": 7,
    "HIV_ADULT": 8,
}
"""The clause of Đ5 that each group stands in."""

SECRET = frozenset({"HIV_CHILD", "HIV_ADULT"})
"""Groups that a paper names by their clause alone."""

# (group, degree of disability or "", from this age, below this age, coefficient): Đ6 clause 1.
RATES: tuple[tuple[str, str, int, int, str], ...] = (
    ("CHILD_ALONE", "", 0, 4, "2.5"),
    ("CHILD_ALONE", "", 4, 16, "1.5"),
    ("PUPIL", "", 16, 23, "1.5"),
    ("HIV_CHILD", "", 0, 4, "2.5"),
    ("HIV_CHILD", "", 4, 16, "2.0"),
    ("SINGLE_PARENT", "", 0, 200, "1.0"),
    ("ELDERLY", "", 60, 80, "1.5"),
    ("ELDERLY", "", 80, 200, "2.0"),
    ("DISABLED", "VERY_SEVERE", 0, 16, "2.5"),
    ("DISABLED", "VERY_SEVERE", 16, 60, "2.0"),
    ("DISABLED", "VERY_SEVERE", 60, 200, "2.5"),
    ("DISABLED", "SEVERE", 0, 16, "2.0"),
    ("DISABLED", "SEVERE", 16, 60, "1.5"),
    ("DISABLED", "SEVERE", 60, 200, "2.0"),
    ("SMALL_CHILD", "", 0, 3, "1.5"),
    ("HIV_ADULT", "", 16, 200, "1.5"),
)


@dataclass(frozen=True, kw_only=True)
class AllowanceDecision(Sheet):
    """`coefficient` as written (“1,5”) and `amount` in đồng a month: empty and 0 where the table gives none."""

    name: str
    birth_date: date | None
    personal_number: str = ""
    residence: str = ""
    clause: int = 0
    group: str = ""
    children: int = 0
    standard: int = STANDARD
    coefficient: str = ""
    amount: int = 0
    proposer: str = ""
    commune: str = ""


def coefficient(group: str, degree: str, age: int) -> Decimal | None:
    """The coefficient of Đ6 clause 1 for somebody of that age in whole years; None where the table has no row."""
    wanted = degree if group == "DISABLED" else ""
    found = (rate for g, d, low, high, rate in RATES if (g, d) == (group, wanted) and low <= age < high)
    return next((Decimal(rate) for rate in found), None)


def age_on(born: date, day: date) -> int:
    """Whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def allowance_decision(case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What the decision says. A single parent gets the coefficient for each child."""
    group, born, day = said.value("group"), said.day("person.birth_date"), head["signed_date"]
    children = len(said.rows("children")) if group == "SINGLE_PARENT" else 0
    found = coefficient(group, said.value("disability_level"), age_on(born, day)) if born else None
    return AllowanceDecision(
        **head,
        name=said.text("person.full_name").upper(),
        birth_date=born,
        personal_number=said.text("person.personal_number"),
        residence=said.text("residence"),
        clause=CLAUSES.get(group, 0),
        group="" if group in SECRET else said.text("group"),
        children=children,
        coefficient=f"{found}".replace(".", ",") if found else "",
        amount=int(STANDARD * found) * max(children, 1) if found else 0,
        proposer=agency_name(case.competent_agency_id, day),
        commune=agency_name(case.receiving_agency_id, day),
    )

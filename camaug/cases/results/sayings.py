"""What each result sheet says, as frozen data. Dates are ISO days; money in đồng; empty where the case does not say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from camaug.cases.results.allowance import AllowanceDecision
from camaug.cases.results.building_permit import BuildingPermit
from camaug.cases.results.criminal_record import CriminalRecord
from camaug.cases.results.facts import Sheet
from camaug.cases.results.land_certificate import LandCertificate
from camaug.cases.results.marriage import MarriageCertificate
from camaug.cases.results.newborn import InsuranceNotice, ResidenceNotice
from camaug.cases.results.worded import Worded


@dataclass(frozen=True, kw_only=True)
class Parent:
    """Mother or father; `birth` is a full date where known, else the year."""

    name: str
    birth: str = ""
    ethnicity: str = ""
    nationality: str = ""
    residence: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class BirthCertificate(Sheet):
    """Giấy khai sinh (TT 04/2020/TT-BTP, forms amended by TT 04/2024/TT-BTP).

    `personal_number` is given by the national population database: empty until it is, never made up.
    """

    name: str
    birth_date: date | None
    sex: str
    ethnicity: str
    nationality: str
    birth_place: str
    home_town: str
    personal_number: str = ""
    mother: Parent | None = None
    father: Parent | None = None
    requester: str = ""
    requester_paper: str = ""
    registered_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of business."""

    name: str
    code: str = ""
    main: bool = False


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member of the family that founded the business."""

    name: str
    birth_date: date | None = None
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class BusinessCertificate(Sheet):
    """Giấy chứng nhận đăng ký hộ kinh doanh (NĐ 168/2025/NĐ-CP; form of TT 68/2025/TT-BTC)."""

    business_code: str
    name: str
    name_foreign: str = ""
    name_short: str = ""
    seat: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    lines: tuple[Line, ...] = ()
    capital: int = 0
    owner: str = ""
    owner_sex: str = ""
    owner_birth_date: date | None = None
    owner_number: str = ""
    founders: str = ""
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CertifiedCopy(Sheet):
    """Lời chứng on a copy (NĐ 23/2015/NĐ-CP; NĐ 280/2025/NĐ-CP)."""

    document: str
    pages: int
    copies: int
    requester: str
    book: str


@dataclass(frozen=True, kw_only=True)
class Denial(Sheet):
    """The letter that denies, with its reasons."""

    recipient: str
    address: str
    procedure: str
    received_date: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class OutcomeNotice(Sheet):
    """A notice of what was decided, for bodies whose own paper is written on their own form."""

    recipient: str
    address: str
    procedure: str
    received_date: date | None
    paper: str


SHEETS: dict[str, type[Sheet]] = {
    "giay-khai-sinh": BirthCertificate,
    "giay-chung-nhan-ho-kinh-doanh": BusinessCertificate,
    "ban-sao-chung-thuc": CertifiedCopy,
    "van-ban-tu-choi": Denial,
    "thong-bao-ket-qua": OutcomeNotice,
    "phieu-ly-lich-tu-phap": CriminalRecord,
    "giay-phep-xay-dung": BuildingPermit,
    "quyet-dinh-tro-cap": AllowanceDecision,
    "giay-chung-nhan-dat": LandCertificate,
    "thong-bao-cu-tru": ResidenceNotice,
    "the-bao-hiem-y-te": InsuranceNotice,
    "giay-phep": Worded,
    "quyet-dinh": Worded,
    "cong-van": Worded,
    "trich-luc": Worded,
    "loi-chung": Worded,
    "giay-chung-nhan-ket-hon": MarriageCertificate,
}


def from_json(sheet: str, facts: dict[str, Any]) -> Sheet:
    """What `Sheet.to_json` wrote; KeyError for an unknown sheet, ValidationError where the facts do not fit."""
    read: Sheet = TypeAdapter(SHEETS[sheet]).validate_python(facts)
    return read

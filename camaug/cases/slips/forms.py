"""What each statutory form says (fields: TT 01/2018/TT-VPCP; names: TT 03/2025/TT-VPCP Appendix I), as frozen data.

Instants are aware; money is in đồng. Everything is as it was on the day of issue: names and rules may change.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from pydantic import TypeAdapter


class Form(IntEnum):
    """The number of a form."""

    RECEIPT = 1
    SUPPLEMENT = 2
    REFUSAL = 3
    APOLOGY = 4
    STOP_NOTICE = 5
    CONTROL = 6
    REGISTER = 7


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who issues: `superior` stands above the name (empty for a People's Committee, NĐ 30/2020 Appendix I II.2).

    `heading`, `motto` and `star` are those of the kind of body: the Party's papers bear its name, no motto, and a star
    under the agency (HD 36-HD/VPTW).
    """

    name: str
    superior: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    code: str = ""
    code_is_placeholder: bool = False
    heading: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    star: str = ""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whose case it is. `number` is the personal number or tax code; `phone` is in E.164."""

    name: str
    number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    authorised: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the forms of one case have in common. `number` is the form's own number, `officer` who signs."""

    office: Office
    code: str
    number: str
    issued_at: datetime
    sender: Sender
    procedure: str
    officer: str = ""
    officer_title: str = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON values, for `Slip.facts`."""
        json: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return json


_adapters: dict[type[Facts], TypeAdapter[Facts]] = {}  # costly to make, and the same for every form of a kind


def _adapter(form: type[Facts]) -> TypeAdapter[Facts]:
    if form not in _adapters:
        _adapters[form] = TypeAdapter(form)
    return _adapters[form]


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One paper handed in; `files` electronic files with `pages` in all; `source` names the data that replace it."""

    name: str
    originals: int = 0
    copies: int = 0
    files: int = 0
    pages: int = 0
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One sum: `amount` None where no text at hand says how much."""

    name: str
    amount: int | None
    waiver: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptFacts(Facts):
    """Form 01. `limit_unit` as in worktime; `limit` None where the law's figure is not at hand."""

    papers: tuple[PaperLine, ...] = ()
    sets: int = 1
    limit: int | None = None
    limit_unit: str = ""
    received_at: datetime
    due_at: datetime | None = None
    fees: tuple[FeeLine, ...] = ()
    paid: int = 0
    receipt_numbers: tuple[str, ...] = ()
    delivery_way: str = "COUNTER"
    delivery_address: str = ""
    competent: str = ""
    book: str = ""
    ordinal: str = ""

    @property
    def fee_total(self) -> int:
        """The sum of what is known."""
        return sum(fee.amount or 0 for fee in self.fees)

    @property
    def fee_is_open(self) -> bool:
        """Whether some amount is not known."""
        return any(fee.amount is None for fee in self.fees)


@dataclass(frozen=True, kw_only=True)
class MissingLine:
    """One thing to add or mend and what is wrong with it."""

    name: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementFacts(Facts):
    """Form 02: everything missing, once."""

    items: tuple[MissingLine, ...]
    reason: str
    ground: str = ""
    contact: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusalFacts(Facts):
    """Form 03: not accepted, with concrete reasons."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ApologyFacts(Facts):
    """Form 04: late, or about to be; a new date, fixed at most once."""

    received_at: datetime
    promised_at: datetime
    reason: str
    new_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class StopNoticeFacts(Facts):
    """Form 05: the applicant asked to stop. `refund` in đồng, None where nothing had been paid; 0: not refundable."""

    received_at: datetime | None
    ground: str
    stopped_at: datetime
    paid: int = 0
    refund: int | None = None


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One hand-over: who gave, who took, when; `outcome` EARLY, ON_TIME or LATE for the giver, empty at reception."""

    from_unit: str
    from_person: str
    to_unit: str
    to_person: str
    at: datetime
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlFacts(Facts):
    """Form 06: the way through the offices."""

    lead: str
    partners: tuple[str, ...] = ()
    received_at: datetime | None = None
    due_at: datetime | None = None
    rows: tuple[HandOver, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One line of form 07."""

    ordinal: int
    code: str
    procedure: str
    sets: int
    applicant: str
    address: str
    phone: str
    lead: str
    received_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    delivery_way: str
    receiver: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterHead:
    """The title of form 07: whose register, for the days [from_date, until_date), printed when."""

    office: Office
    from_date: date
    until_date: date
    printed_at: datetime

    @property
    def last_date(self) -> date:
        """The last day in it, as people say a period."""
        return self.until_date - timedelta(days=1)


KINDS: dict[Form, type[Facts]] = {
    Form.RECEIPT: ReceiptFacts,
    Form.SUPPLEMENT: SupplementFacts,
    Form.REFUSAL: RefusalFacts,
    Form.APOLOGY: ApologyFacts,
    Form.STOP_NOTICE: StopNoticeFacts,
    Form.CONTROL: ControlFacts,
}


def from_json(form: int, facts: dict[str, Any]) -> Facts:
    """The facts that `Facts.to_json` wrote; pydantic.ValidationError where they do not fit the form."""
    read: Facts = TypeAdapter(KINDS[Form(form)]).validate_python(facts)
    return read

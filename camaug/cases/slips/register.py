"""Form 07, the register of cases (sổ theo dõi hồ sơ): rows, PDF in A4 landscape, rows of a file.

Rows are read in batches behind the last one, each a query of its own, so that a year can be sent over a slow line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from pypdf import PdfReader, PdfWriter

from camaug.cases.lifecycle import RefundState, State
from camaug.cases.models import Case, Refund
from camaug.cases.printing import print_paper
from camaug.cases.slips.forms import RegisterHead, RegisterRow
from camaug.cases.slips.offices import agency_name, office
from camaug.cases.templatetags.papers import delivery_words, instant
from camaug.kernel.clock import LOCAL
from camaug.kernel.paging import Page, page_of
from camaug.kernel.tables.streaming import Cell, Sheet
from camaug.people.queries import display_phone
from camaug.ui.vietnamese import grouped

ROWS_READ = 2000
ROWS_SHOWN = 50
ROWS_PRINTED = 150
COLUMNS = (
    ("STT", 6),
    ("Mã hồ sơ", 27),
    ("Tên thủ tục hành chính", 36),
    ("Số bộ", 7),
    ("Tên cá nhân, tổ chức", 26),
    ("Địa chỉ, số điện thoại", 34),
    ("Cơ quan chủ trì giải quyết", 28),
    ("Nhận hồ sơ", 17),
    ("Hẹn trả kết quả", 17),
    ("Trả kết quả", 17),
    ("Phương thức nhận kết quả, người nhận", 26),
    ("Ghi chú", 22),
)
_NOTES = {
    State.SUBMITTED: "Chờ tiếp nhận",
    State.REFUSED: "Từ chối tiếp nhận",
    State.SUPPLEMENT_REQUESTED: "Chờ bổ sung hồ sơ",
    State.FINANCIAL_DUTY: "Chờ thực hiện nghĩa vụ tài chính",
    State.SUSPENDED: "Tạm dừng xử lý",
    State.WITHDRAWAL_ASKED: "Đề nghị rút hồ sơ",
    State.STOPPED: "Dừng giải quyết",
    State.DENIED: "Không giải quyết",
}


def register_head(agency_id: UUID, from_date: date, until_date: date, *, at: datetime) -> RegisterHead:
    """The register's title for the days [from_date, until_date)."""
    return RegisterHead(office=office(agency_id, at), from_date=from_date, until_date=until_date, printed_at=at)


def register_rows(
    agency_id: UUID, from_date: date, until_date: date, *, read: int = ROWS_READ
) -> Iterator[RegisterRow]:
    """What the agency took in on the days [from_date, until_date), in order; `read` rows lie in memory at a time."""
    name = _names(until_date)
    cases = _taken_in(agency_id, from_date, until_date).order_by("submitted_at", "id").values("id", *_READ)
    ordinal, behind = 0, Q()
    while batch := list(cases.filter(behind)[:read]):
        for case in batch:
            ordinal += 1
            yield _row(ordinal, case, name)
        at, last = batch[-1]["submitted_at"], batch[-1]["id"]
        behind = Q(submitted_at__gt=at) | Q(submitted_at=at, id__gt=last)


def register_page(
    agency_id: UUID, from_date: date, until_date: date, *, token: str = "", size: int = ROWS_SHOWN
) -> Page[RegisterRow]:
    """One screen of the same rows with the same ordinals, the latest first."""
    name, taken = _names(until_date), _taken_in(agency_id, from_date, until_date)
    page = page_of(taken, key="submitted_at", token=token, size=size, descending=True)
    ordinal = _ordinal(taken, page.rows[0]) if page.rows else 0
    rows = ({column: getattr(case, column) for column in _READ} for case in page.rows)
    shown = tuple(_row(ordinal - place, row, name) for place, row in enumerate(rows))
    return Page(rows=shown, older=page.older, newer=page.newer)


def _ordinal(taken: QuerySet[Case], case: Case) -> int:
    at = case.submitted_at
    return taken.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, id__lte=case.id)).count()


def _taken_in(agency_id: UUID, from_date: date, until_date: date) -> QuerySet[Case]:
    start, end = (datetime.combine(day, time(), LOCAL) for day in (from_date, until_date))
    cases = Case.objects.submitted().filter(
        receiving_agency_id=agency_id, submitted_at__gte=start, submitted_at__lt=end
    )
    return cases.annotate(
        procedure_name=F("version__name"),
        sets=F("version__definition__sets"),
        handed_out_at=F("delivery__handed_out_at"),
        receiver_name=F("delivery__receiver_name"),
        extended_to=F("extension__due_at"),
        owed_back=_refunded(RefundState.OWED),
        paid_back=_refunded(RefundState.PAID_BACK),
    )


def _refunded(state: RefundState) -> Subquery:
    """What stands in that state of the refunds of a case, in đồng; null for nothing."""
    of_case = Refund.objects.filter(case_id=OuterRef("pk"), state=state).order_by()
    return Subquery(of_case.values("case_id").annotate(sum=Sum("amount")).values("sum"))


def _names(on: date) -> Callable[[UUID], str]:
    return cache(lambda agency: agency_name(agency, on))


def _row(ordinal: int, case: Mapping[str, Any], name: Callable[[UUID], str]) -> RegisterRow:
    return RegisterRow(
        ordinal=ordinal,
        code=case["code"],
        procedure=case["procedure_name"],
        sets=case["sets"] or 1,
        applicant=case["applicant_name"],
        address=case["applicant_address"],
        phone=display_phone(case["applicant_phone"]) if case["applicant_phone"] else "",
        lead=name(case["competent_agency_id"]),
        received_at=case["received_at"],
        due_at=case["due_at"] or case["original_due_at"],
        returned_at=case["handed_out_at"],
        delivery_way=case["delivery_way"],
        receiver=case["receiver_name"] or "",
        note=_note(case),
    )


def _note(case: Mapping[str, Any]) -> str:
    """What the state says, a second request, and the day to which the limit was extended."""
    second = "Yêu cầu bổ sung lần 2" if case["second_supplement"] else ""
    extended = f"Xin lỗi, gia hạn đến {instant(case['extended_to'])}" if case["extended_to"] else ""
    said = (_NOTES.get(State(case["state"]), ""), second, extended, *_refund_notes(case))
    return "; ".join(part for part in said if part)


def _refund_notes(case: Mapping[str, Any]) -> Iterator[str]:
    """What goes or went back of what was paid."""
    if case["owed_back"]:
        yield f"Còn phải hoàn trả {grouped(case['owed_back'])} đồng"
    if case["paid_back"]:
        yield f"Đã hoàn trả {grouped(case['paid_back'])} đồng"


_READ = (
    "code",
    "submitted_at",
    "procedure_name",
    "sets",
    "applicant_name",
    "applicant_address",
    "applicant_phone",
    "competent_agency_id",
    "received_at",
    "due_at",
    "original_due_at",
    "handed_out_at",
    "delivery_way",
    "receiver_name",
    "state",
    "second_supplement",
    "extended_to",
    "owed_back",
    "paid_back",
)


def register_pdf(head: RegisterHead, rows: Iterable[RegisterRow]) -> bytes:
    """A4 landscape, printed in parts of 150 rows so that a long year needs no more memory than a short one."""
    merged, pages = PdfWriter(), 0
    for first, part in _parts(rows):
        said = {"head": head, "rows": part, "first": first, "columns": [title for title, _width in COLUMNS]}
        pdf = print_paper("cases/slips/form-07.html", said, number_from=pages + 1, always_numbered=True)
        merged.append(BytesIO(pdf))
        pages += len(PdfReader(BytesIO(pdf)).pages)
    merged.add_metadata({"/Title": "Sổ theo dõi hồ sơ"})
    out = BytesIO()
    merged.write(out)
    return out.getvalue()


def register_sheet(head: RegisterHead, rows: Iterable[RegisterRow]) -> Sheet:
    """The same as a sheet of a file, which is read while it is sent."""
    period = f"Từ ngày {head.from_date:%d/%m/%Y} đến ngày {head.last_date:%d/%m/%Y}"
    return Sheet(
        name="Sổ theo dõi hồ sơ",
        titles=["SỔ THEO DÕI HỒ SƠ", head.office.name, period],
        head=[title for title, _width in COLUMNS],
        widths=[width for _title, width in COLUMNS],
        rows=(_values(row) for row in rows),
    )


def _parts(rows: Iterable[RegisterRow]) -> Iterator[tuple[bool, tuple[RegisterRow, ...]]]:
    first = True
    for part in batched(rows, ROWS_PRINTED):
        yield first, part
        first = False
    if first:
        yield True, ()


def _values(row: RegisterRow) -> tuple[Cell, ...]:
    return (
        row.ordinal,
        row.code,
        row.procedure,
        row.sets,
        row.applicant,
        "; ".join(part for part in (row.address, row.phone) if part),
        row.lead,
        row.received_at,
        row.due_at,
        row.returned_at,
        "; ".join(part for part in (delivery_words(row.delivery_way), row.receiver) if part),
        row.note,
    )

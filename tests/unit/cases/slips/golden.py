"""The facts of each form, once as they usually are, once as long as they may get."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from camaug.cases.slips import forms as f

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
CODE = "H12.09.07.12-261105-0007"
RECEIVED = datetime(2026, 11, 5, 8, 5, tzinfo=LOCAL)

OFFICE = f.Office(
    name="Ủy ban nhân dân xã Tân Lộc",
    place="Tân Lộc",
    address="ấp 3, xã Tân Lộc, huyện Thới Bình",
    phone="+842903861234",
    code="H12.09.07.12",
    code_is_placeholder=True,
)
SENDER = f.Sender(
    name="Huỳnh Thị Mộng Thường",
    number="096190001234",
    address="ấp Tân Quảng, xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
    phone="+84918123456",
    email="mongthuong@example.vn",
)
SHARED = {
    "office": OFFICE,
    "code": CODE,
    "issued_at": RECEIVED,
    "sender": SENDER,
    "procedure": "Thủ tục đăng ký khai sinh",
    "officer": "Nguyễn Hoàng Phúc",
    "officer_title": "Công chức Bộ phận Một cửa",
}
ORDINAL = "261105-0007"

RECEIPT = f.ReceiptFacts(
    **SHARED,
    number=CODE,
    papers=(
        f.PaperLine(name="Tờ khai đăng ký khai sinh", originals=1, files=1, pages=2),
        f.PaperLine(name="Giấy chứng sinh", originals=1, files=2, pages=2),
        f.PaperLine(name="Giấy chứng nhận kết hôn của cha, mẹ", source="Cơ sở dữ liệu hộ tịch điện tử"),
    ),
    limit=0,
    limit_unit="WORKING_DAYS",
    received_at=RECEIVED,
    due_at=RECEIVED.replace(hour=17, minute=0),
    fees=(f.FeeLine(name="Phí bản sao Giấy khai sinh", amount=16_000),),
    paid=16_000,
    receipt_numbers=("BL-0000125",),
    competent="Ủy ban nhân dân xã Tân Lộc",
    book="2026",
    ordinal=ORDINAL,
)
SUPPLEMENT = f.SupplementFacts(
    **SHARED,
    number=f"{ORDINAL}/HDHS",
    items=(
        f.MissingLine(
            name="Giấy chứng sinh",
            reason="Ảnh chụp mất góc dưới bên phải, không đọc được ngày cấp. Chụp lại đủ bốn góc.",
        ),
        f.MissingLine(name="Nơi sinh", reason="Ghi đủ tên và địa chỉ cơ sở y tế."),
    ),
    reason="Giấy tờ chưa rõ, chưa đủ căn cứ ghi vào Sổ đăng ký khai sinh.",
    ground="Điều 16 Luật Hộ tịch số 60/2014/QH13",
    contact="Nguyễn Hoàng Phúc",
    contact_phone="+842903861234",
)
REFUSAL = f.RefusalFacts(
    **SHARED,
    number=f"{ORDINAL}/TCTN",
    reason="Trẻ đã được đăng ký khai sinh tại Ủy ban nhân dân thị trấn Thới Bình ngày 02/11/2026 (số 214/2026).",
)
APOLOGY = f.ApologyFacts(
    **SHARED,
    number="",
    received_at=RECEIVED,
    promised_at=RECEIVED.replace(hour=17, minute=0),
    reason="Chưa nhận được kết quả xác minh tình trạng hôn nhân của cha, mẹ từ Ủy ban nhân dân phường 5, thành phố Cà Mau.",
    new_due_at=RECEIVED.replace(day=10, hour=17, minute=0),
)
STOP_NOTICE = f.StopNoticeFacts(
    **SHARED,
    number="",
    received_at=RECEIVED,
    ground="Theo đề nghị rút hồ sơ của người nộp ngày 05 tháng 11 năm 2026.",
    stopped_at=RECEIVED.replace(hour=10, minute=30),
    paid=16_000,
    refund=16_000,
)
CONTROL = f.ControlFacts(
    **SHARED,
    number="",
    lead="Ủy ban nhân dân xã Tân Lộc",
    partners=("Ủy ban nhân dân phường 5, thành phố Cà Mau",),
    received_at=RECEIVED,
    due_at=RECEIVED.replace(hour=17, minute=0),
    rows=(
        f.HandOver(
            from_unit="Bộ phận Một cửa xã Tân Lộc",
            from_person="Nguyễn Hoàng Phúc",
            to_unit="Ủy ban nhân dân xã Tân Lộc",
            to_person="Chuyên viên",
            at=RECEIVED.replace(minute=20),
            outcome="EARLY",
        ),
        f.HandOver(
            from_unit="Ủy ban nhân dân xã Tân Lộc",
            from_person="Lê Thị Kim Ngân",
            to_unit="Ủy ban nhân dân xã Tân Lộc",
            to_person="Lãnh đạo",
            at=RECEIVED.replace(hour=15),
            outcome="LATE",
            note="Chờ xác minh hôn nhân",
        ),
    ),
)

USUAL: dict[f.Form, f.Facts] = {
    f.Form.RECEIPT: RECEIPT,
    f.Form.SUPPLEMENT: SUPPLEMENT,
    f.Form.REFUSAL: REFUSAL,
    f.Form.APOLOGY: APOLOGY,
    f.Form.STOP_NOTICE: STOP_NOTICE,
    f.Form.CONTROL: CONTROL,
}

LONG_NAME = "Công ty Trách nhiệm hữu hạn Một thành viên Xuất nhập khẩu Thủy sản Đất Mũi " * 3
LONG_WORD = "KhôngCóDấuCáchNàoỞĐâyCảVìNgườiTaGõNhầm" * 4
LONG_OFFICE = replace(
    OFFICE,
    name="Phòng Kinh tế, Hạ tầng và Đô thị thuộc Ủy ban nhân dân thành phố Cà Mau",
    superior="Ủy ban nhân dân thành phố Cà Mau",
)
LONG_SENDER = replace(
    SENDER, name=LONG_NAME[:200], address=(LONG_WORD + " ấp Rạch Gốc, ")[:300], email="a" * 60 + "@example.vn"
)
MANY_PAPERS = tuple(
    f.PaperLine(
        name=f"{n}. Văn bản xác nhận của cơ sở y tế đã thực hiện kỹ thuật hỗ trợ sinh sản cho việc mang thai hộ",
        copies=2,
        files=12,
        pages=480,
    )
    for n in range(1, 31)
)


def stretched(form: f.Form) -> f.Facts:
    """The same facts with every text at its longest."""
    code = "H12.99.99.99.99.99.99.99-261105-10007"
    shared = {
        "office": LONG_OFFICE,
        "sender": LONG_SENDER,
        "procedure": "Đăng ký biến động quyền sử dụng đất, " * 12,
        "code": code,
    }
    extra: dict[f.Form, dict[str, object]] = {
        f.Form.RECEIPT: {
            "papers": MANY_PAPERS,
            "limit": None,
            "due_at": None,
            "fees": (f.FeeLine(name="Lệ phí", amount=None),),
        },
        f.Form.SUPPLEMENT: {"items": tuple(f.MissingLine(name=p.name, reason=LONG_WORD) for p in MANY_PAPERS)},
        f.Form.REFUSAL: {"reason": "Lý do dài. " * 300},
        f.Form.APOLOGY: {"reason": "Lý do dài. " * 100},
        f.Form.STOP_NOTICE: {"ground": "Lý do dài. " * 100, "refund": 0},
        f.Form.CONTROL: {"rows": CONTROL.rows * 12, "partners": (LONG_NAME,) * 3},
    }
    return replace(USUAL[form], **shared, **extra[form])  # type: ignore[arg-type]

"""What may be told about a case, and the words that the province's texts may use."""

from camaug.notify.notices import Word, declare

_ALWAYS = {
    "code": Word("H12.39.32245-261123-10000", in_sms=True),
    "procedure": Word("Đăng ký thành lập hộ kinh doanh"),
    "office": Word("Ủy ban nhân dân xã Tân Ân"),
}
_INSTANT = Word("17:00 ngày 25/11/2026", in_sms=True)
_AMOUNT = Word("10.000.000 đồng", in_sms=True)

SUBMITTED = declare("CASE_SUBMITTED", _ALWAYS)
RECEIVED = declare("CASE_RECEIVED", _ALWAYS | {"due": _INSTANT})
RECEIVED_TO_PAY = declare("CASE_RECEIVED_TO_PAY", _ALWAYS | {"due": _INSTANT, "amount": _AMOUNT})
RECEIVED_TO_PAY_WITHOUT_DATE = declare("CASE_RECEIVED_TO_PAY_WITHOUT_DATE", _ALWAYS | {"amount": _AMOUNT})
RECEIVED_WITHOUT_DATE = declare("CASE_RECEIVED_WITHOUT_DATE", _ALWAYS)
REFUSED = declare("CASE_REFUSED", _ALWAYS | {"reason": Word("Không thuộc thẩm quyền.")})
SUPPLEMENT = declare(
    "SUPPLEMENT_REQUESTED",
    _ALWAYS | {"items": Word("– Giấy chứng sinh: thiếu chữ ký"), "reason": Word("Bổ sung trong 05 ngày.")},
)
DRAFT_TO_CHECK = declare("DRAFT_TO_CHECK", _ALWAYS | {"result": Word("Giấy khai sinh"), "due": _INSTANT})
TO_PAY = declare("PAYMENT_ASKED", _ALWAYS | {"amount": _AMOUNT})
TO_PAY_FOR_RESULT = declare("PAYMENT_ASKED_FOR_RESULT", _ALWAYS | {"amount": _AMOUNT})
FEES_RECOUNTED = declare("FEES_RECOUNTED", _ALWAYS | {"amount": _AMOUNT, "before": _AMOUNT})
DUTY = declare("DUTY_ASKED", _ALWAYS | {"amount": _AMOUNT, "agency": Word("Chi cục Thuế huyện Ngọc Hiển")})
CONSULTED = declare("AGENCY_CONSULTED", _ALWAYS | {"agency": Word("Chi cục Thuế huyện Ngọc Hiển")})
PAID = declare("PAYMENT_CONFIRMED", _ALWAYS | {"amount": _AMOUNT, "receipt": Word("00015/2026", in_sms=True)})
REFUND = declare("REFUND_OWED", _ALWAYS | {"amount": _AMOUNT})
PAID_BACK = declare("REFUND_PAID_BACK", _ALWAYS | {"amount": _AMOUNT, "receipt": Word("00015/2026", in_sms=True)})
_RESULT = {"result": Word("Giấy khai sinh"), "number": Word("15/2026")}
READY = declare("RESULT_READY", _ALWAYS | _RESULT)
DENIED = declare("RESULT_DENIED", _ALWAYS | _RESULT)
_REASON = {"reason": Word("Chờ kết quả xác minh của cơ quan công an.")}
SUSPENDED = declare(
    "CASE_SUSPENDED", _ALWAYS | _REASON | {"ground": Word("Giám định, xác minh"), "document": Word("125/CV-XM")}
)
RESUMED = declare("CASE_RESUMED", _ALWAYS | {"due": _INSTANT})
RESUMED_WITHOUT_DATE = declare("CASE_RESUMED_WITHOUT_DATE", _ALWAYS)
APOLOGISED = declare("LATENESS_APOLOGISED", _ALWAYS | _REASON | {"due_before": _INSTANT, "due": _INSTANT})
WITHDRAWING = declare("WITHDRAWAL_ASKED", _ALWAYS | _REASON)
GOING_ON = declare("WITHDRAWAL_DROPPED", _ALWAYS)
WITHDRAWN = declare("CASE_WITHDRAWN", _ALWAYS)
STOPPED = declare("CASE_STOPPED", _ALWAYS | _REASON)
SERVED = declare("CASE_SERVED", _ALWAYS | {"time": _INSTANT})
DEADLINE_MOVED = declare(
    "DEADLINE_MOVED",
    _ALWAYS | {"before": _INSTANT, "due": _INSTANT, "occasion": Word("Nghỉ bầu cử đại biểu Hội đồng nhân dân")},
)

_STEP = {
    "code": Word("H12.39.32245-261123-10000"),
    "procedure": Word("Đăng ký thành lập hộ kinh doanh"),
    "step": Word("Thẩm định hồ sơ"),
    "due": Word("17:00 ngày 25/11/2026"),
}
_HEADS = _STEP | {"holder": Word("Lê Anh Tuấn")}
REMINDERS = {
    ("STEP_SOON", False): declare("STEP_SOON", _STEP, in_app_only=True),
    ("STEP_OVERDUE", False): declare("STEP_OVERDUE", _STEP, in_app_only=True),
    ("CASE_SOON", False): declare("CASE_SOON", _STEP, in_app_only=True),
    ("CASE_OVERDUE", False): declare("CASE_OVERDUE", _STEP, in_app_only=True),
    ("STEP_OVERDUE", True): declare("STEP_OVERDUE_HEAD", _HEADS, in_app_only=True),
    ("CASE_OVERDUE", True): declare("CASE_OVERDUE_HEAD", _HEADS, in_app_only=True),
    ("APOLOGY", True): declare("APOLOGY_OWED", _HEADS, in_app_only=True),
}
_SILENT = {name: _STEP[name] for name in ("code", "procedure", "due")}
UNANSWERED = {
    "CONSULTATION": declare(
        "CONSULTATION_UNANSWERED", _SILENT | {"agency": Word("Chi cục Thuế huyện Ngọc Hiển")}, in_app_only=True
    ),
    "SUPPLEMENT": declare("SUPPLEMENT_UNANSWERED", _SILENT, in_app_only=True),
    "DRAFT": declare("DRAFT_UNANSWERED", _SILENT, in_app_only=True),
}
DRAFT_CONSENTED = declare("DRAFT_CONSENTED", _SILENT, in_app_only=True)
CONSENTED = declare("CONSULTATION_CONSENTED", _SILENT | {"agency": Word("Sở Xây dựng")}, in_app_only=True)
MANY = declare(
    "MANY_REMINDERS",
    {"count": Word("24"), "cases": Word("– H12.39.32245-261123-10000: hồ sơ quá hạn từ 17:00 ngày 25/11/2026")},
    in_app_only=True,
)
VIRUS = declare("VIRUS_FOUND", {"procedure": _ALWAYS["procedure"], "file": Word("giay-chung-sinh.pdf")})
_REASON = {"reason": Word("Ghi sai ngày sinh.")}
AMENDED = declare("DETAILS_CORRECTED", _ALWAYS | _REASON)
CORRECTED = declare("RESULT_CORRECTED", _ALWAYS | _RESULT | _REASON)
REVOKED = declare("RESULT_REVOKED", _ALWAYS | _RESULT | _REASON)
REOPENED = declare("CASE_REOPENED", _ALWAYS | _REASON)
_HELPER = {"helper": Word("Nguyễn Thị Thu Thảo")}
MANDATE_BEGAN = declare("MANDATE_BEGAN", _HELPER | {"until": _INSTANT})
MANDATE_ENDED = declare("MANDATE_ENDED", _HELPER)
HELPER_SENT = declare("HELPER_SENT", _HELPER | {"code": _ALWAYS["code"], "procedure": _ALWAYS["procedure"]})
_PARCEL = {"parcel": Word("EM000000123VN", in_sms=True)}
_SCAN = _PARCEL | {"time": _INSTANT}
PAPERS_FETCHED = declare("PAPERS_FETCHED", _ALWAYS | _SCAN)
PAPERS_ARRIVED = declare("PAPERS_ARRIVED", _ALWAYS | _SCAN)
RESULT_ON_ITS_WAY = declare("RESULT_ON_ITS_WAY", _ALWAYS | _SCAN)
RESULT_DELIVERED = declare("RESULT_DELIVERED", _ALWAYS | _SCAN)
_TO_UNIT = _PARCEL | {"code": _STEP["code"], "procedure": _STEP["procedure"]}
PARCEL_BACK = declare("PARCEL_BACK", _TO_UNIT, in_app_only=True)
PARCEL_NOT_TAKEN = declare("PARCEL_NOT_TAKEN", _TO_UNIT, in_app_only=True)
PARCEL_TRAVELS_ON = declare("PARCEL_TRAVELS_ON", _TO_UNIT, in_app_only=True)

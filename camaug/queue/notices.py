"""What may be told about an appointment."""

from camaug.notify.notices import Word, declare

_WORDS = {
    "time": Word("08:30 ngày 26/11/2026", in_sms=True),
    "pin": Word("482 915", in_sms=True),
    "key": Word("ABCDEFGH2345", in_sms=True),
    "office": Word("Ủy ban nhân dân xã Tân Ân"),
    "service": Word("Hộ tịch, chứng thực"),
}

BOOKED = declare("APPOINTMENT_BOOKED", _WORDS)
MOVED = declare("APPOINTMENT_MOVED", _WORDS)
CANCELLED = declare("APPOINTMENT_CANCELLED", _WORDS)
REMINDER = declare("APPOINTMENT_REMINDER", _WORDS)
CODE = declare("APPOINTMENT_CODE", _WORDS)

"""What is told about accounts; their own part stands below this one and cannot tell by itself."""

from camaug.access.invitations import link_of
from camaug.notify.notices import Word, declare

_NAME, _INSTANT = Word("Nguyễn Thị Ngọc Diễm"), Word("17:00 ngày 25/11/2026", in_sms=True)

INVITED = declare("OFFICER_INVITED", {"name": _NAME, "until": _INSTANT}, must_arrive=True, opens=link_of)
IDLE_SOON = declare("ACCOUNT_IDLE_SOON", {"day": Word("25/11/2026", in_sms=True)}, must_arrive=True)
IDLE_CLOSED = declare("ACCOUNT_CLOSED_AS_IDLE", {}, must_arrive=True)
REOPENED = declare("ACCOUNT_REOPENED", {"by": _NAME}, must_arrive=True)
FACTORS_RESET = declare("FACTORS_RESET", {"by": _NAME, "when": _INSTANT}, must_arrive=True)
GUESSED = declare("SECOND_STEP_GUESSED", {"when": _INSTANT}, must_arrive=True)
SIGNED_OUT = declare("SIGNED_OUT_EVERYWHERE", {"by": _NAME, "when": _INSTANT}, must_arrive=True)
REVIEW = declare(
    "ACCESS_REVIEW", {"agency": Word("Ủy ban nhân dân huyện Ngọc Hiển"), "day": Word("25/11/2026")}, in_app_only=True
)

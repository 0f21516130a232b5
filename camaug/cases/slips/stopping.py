"""The ground on which a case is stopped, as Form 05 says it."""

from datetime import datetime

from camaug.cases.lifecycle import StopGround
from camaug.kernel.clock import LOCAL

_GROUNDS = {
    StopGround.WITHDRAWN: "Ông/Bà đề nghị rút hồ sơ",
    StopGround.NOT_SUPPLEMENTED: "Ông/Bà không bổ sung, hoàn thiện hồ sơ theo yêu cầu",
    StopGround.DUTY_NOT_DONE: "Ông/Bà không thực hiện nghĩa vụ tài chính theo yêu cầu",
}


def ground_words(ground: StopGround, since: datetime | None, *, wish: str, reason: str) -> str:
    """The ground with its day, the applicant's own reason (`wish`, where he withdrew) and the officer's words."""
    day = f" ngày {since.astimezone(LOCAL):%d/%m/%Y}" if since else ""
    own = f"Lý do Ông/Bà nêu: {wish}" if wish else ""
    return "\n".join(line for line in (f"{_GROUNDS[ground]}{day}.", own, reason) if line)

"""How a parcel of the demonstration travels: fetched within the hour, brought the next day; one in eight comes back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from camaug.postal.carriers.contract import Told
from camaug.postal.lifecycle import ScanStatus

_M, _H = timedelta(minutes=1), timedelta(hours=1)
_WAY: tuple[tuple[timedelta, ScanStatus, str, str], ...] = (
    (timedelta(0), ScanStatus.ACCEPTED, "", "Đã nhận yêu cầu"),
    (3 * _M, ScanStatus.COLLECTING, "sender", "Bưu tá {postman} đang đến nhận"),
    (11 * _M, ScanStatus.COLLECTED, "sender", "Bưu tá {postman} đã nhận"),
    (4 * _H, ScanStatus.IN_TRANSIT, "Trung tâm khai thác Cà Mau", "Đã đến, đang chia chọn"),
    (20 * _H, ScanStatus.OUT_FOR_DELIVERY, "receiver", "Bưu tá {postman} đang đi phát"),
)
_BROUGHT = (23 * _H, ScanStatus.DELIVERED, "receiver", "{receiver}")
_BACK = (
    (23 * _H, ScanStatus.NOT_DELIVERED, "receiver", "Không gặp người nhận"),
    (44 * _H, ScanStatus.RETURNED, "sender", "Đã chuyển hoàn người gửi"),
)
_POSTMEN = ("Nguyễn Văn Tính", "Lê Minh Đương", "Trần Thị Mỹ Hạnh", "Phan Quốc Khởi")


def story(order: Mapping[str, Any], *, until: datetime) -> list[Told]:
    """What had happened by that instant to an order that was `taken`, and perhaps `cancelled`."""
    taken = datetime.fromisoformat(order["taken"])
    chance = crc32(str(order["orderNumber"]).encode())
    way = (*_WAY, *(_BACK if chance % 8 == 0 else (_BROUGHT,)))
    told = [_told(order, taken + after, *what, chance=chance) for after, *what in way]
    if cancelled := order.get("cancelled"):
        ended = datetime.fromisoformat(cancelled)
        told = [one for one in told if one.at < ended] + [Told(ended, ScanStatus.CANCELLED, "", "Đã hủy theo yêu cầu")]
    return [one for one in told if one.at <= until]


def _told(order: Mapping[str, Any], at: datetime, *what: Any, chance: int) -> Told:
    status, place, note = what
    where = _office(str(order[f"{place}Address"])) if place in ("sender", "receiver") else place
    words = note.format(postman=_POSTMEN[chance % len(_POSTMEN)], receiver=order["receiverName"])
    return Told(at.replace(microsecond=0), status, where, words)


def _office(address: str) -> str:
    """The post office of an address: of its commune, where its words say one."""
    parts = [part.strip() for part in address.split(",")]
    commune = next((part for part in parts if part.startswith(("xã ", "Xã ", "phường ", "Phường ", "thị trấn "))), "")
    return f"Bưu cục {commune.partition(' ')[2] or parts[-1]}"

"""The post's wire as it is known and as it is guessed.

Known (one-stop systems that reach VNPost through NGSP): the calls are token, order, cancel, tracking; an order has
customerCode, orderNumber, codAmount, sender and receiver each with Name, Tel, Email, Address, Province and District,
govAgencyCode and govAgencyName. Districts are gone from addresses: the commune's code stands in District's place.

Guessed, since no public specification was found, and all of it here: the paths, the fields of the token's call and of
every answer, the codes of scans, and that an unknown order is answered by 404. The name of a field is wrong here or
nowhere else.
"""

from datetime import datetime
from typing import Any

from camaug.kernel.clock import LOCAL
from camaug.postal.carriers.contract import Consignment, Told
from camaug.postal.lifecycle import ScanStatus
from camaug.postal.models import Party

TOKEN_PATH, ORDER_PATH, CANCEL_PATH, TRACKING_PATH = "/token", "/order", "/order/cancel", "/order/tracking"
TOKEN, CARRIER_NUMBER, SCANS = "token", "itemCode", "trackings"
STATUSES: dict[str, ScanStatus] = {
    "1": ScanStatus.ACCEPTED,
    "2": ScanStatus.COLLECTING,
    "3": ScanStatus.COLLECTED,
    "4": ScanStatus.IN_TRANSIT,
    "5": ScanStatus.OUT_FOR_DELIVERY,
    "6": ScanStatus.NOT_DELIVERED,
    "7": ScanStatus.DELIVERED,
    "8": ScanStatus.RETURNED,
    "9": ScanStatus.CANCELLED,
}
CODES = {status: code for code, status in STATUSES.items()}
_INSTANT = "%Y-%m-%dT%H:%M:%S"


def order_data(parcel: Consignment, customer: str) -> dict[str, Any]:
    """What an order says."""
    return {
        "customerCode": customer,
        "orderNumber": parcel.number,
        "codAmount": parcel.cod_amount,
        **_party("sender", parcel.sender),
        **_party("receiver", parcel.receiver),
        "govAgencyCode": parcel.agency_code,
        "govAgencyName": parcel.agency_name,
        "description": parcel.reference,
    }


def _party(role: str, party: Party) -> dict[str, str]:
    return {
        f"{role}Name": party.name,
        f"{role}Tel": party.phone,
        f"{role}Email": party.email,
        f"{role}Address": party.address,
        f"{role}Province": party.province,
        f"{role}District": party.commune,
    }


def scan_data(told: Told) -> dict[str, str]:
    """A scan as the wire has it; for the counterpart."""
    return {
        "time": told.at.astimezone(LOCAL).strftime(_INSTANT),
        "status": CODES.get(told.status, "0"),
        "location": told.place,
        "note": told.note,
    }


def told_of(row: Any) -> Told | None:
    """A scan that the wire brought; None where it cannot be read. A status that is not known is kept as words."""
    try:
        at = datetime.strptime(str(row["time"]), _INSTANT).replace(tzinfo=LOCAL)
        status = STATUSES.get(str(row["status"]), ScanStatus.OTHER)
        return Told(at, status, _line(row.get("location"), 200), _line(row.get("note"), 300))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _line(text: Any, length: int) -> str:
    return " ".join(str(text or "").replace("\0", "").split())[:length]

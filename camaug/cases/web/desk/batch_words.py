"""How moves for many cases are said: their names, in the order of the buttons, and what is asked for all of them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.cases.web.desk.ways import WAYS

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class BulkWay:
    """One move for many cases. `asks` names what is asked once for all: reason, note, to, what, or nothing."""

    move: str
    label: Words
    lead: Words
    asks: str = ""


def _of_way(move: str, *, asks: str = "") -> BulkWay:
    way = WAYS[move]
    return BulkWay(move, way.label, way.lead, asks)


_ALL = (
    _of_way("receive"),
    _of_way("propose", asks="note"),
    _of_way("approve", asks="note"),
    _of_way("publish_result"),
    BulkWay(
        "hand_out",
        _("Hand out the result"),
        _("Written down as receiver is the applicant of each case, or the person whom the applicant sent."),
    ),
    _of_way("hand_over", asks="note"),
    _of_way("send_back", asks="reason"),
    _of_way("assign", asks="to"),
    BulkWay(
        "print",
        _("Print papers"),
        _("The papers of all chosen cases become one PDF, in the order of the list."),
        "what",
    ),
)
BULK: dict[str, BulkWay] = {way.move: way for way in _ALL}
PAPERS: tuple[dict[str, Words], ...] = (
    {"value": "RECEIPT", "label": _("Receipt and appointment for the result")},
    {"value": "CONTROL", "label": _("Control sheet")},
    {"value": "RESULT", "label": _("Result")},
)

"""The legs of a case's post as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from camaug.cases.masking import masked_name
from camaug.postal.queries import Leg, ScanView
from camaug.ui.templatetags.words import moment

_TITLES = {"COLLECT": lambda: _("Papers to the one-stop unit"), "DELIVER": lambda: _("The result to you")}
_TO_OFFICERS = {
    "COLLECT": lambda: _("Papers to the one-stop unit"),
    "DELIVER": lambda: _("The result to the applicant"),
}
_TONES = {"DELIVERED": "done", "RETURNED": "late", "GIVEN_UP": "late", "CANCELLED": "plain"}
_SAYS_WHO = "DELIVERED"


@dataclass(frozen=True, slots=True)
class Item:
    """One scan as the timeline shows it."""

    title: Any
    when: str
    by: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class LegShown:
    """A leg with its words; `open`: its scans are shown at once."""

    leg: Leg
    title: Any
    tone: str
    items: tuple[Item, ...]


def shown(legs: Iterable[Leg], *, officer: bool = False, names: bool = True) -> tuple[LegShown, ...]:
    """`names`: who took a parcel is named in full, and the carrier's own words are shown."""
    titles = _TO_OFFICERS if officer else _TITLES
    return tuple(
        LegShown(
            leg,
            titles[leg.kind],
            _TONES.get(leg.state, "waiting"),
            tuple(_item(scan, names=names) for scan in leg.scans),
        )
        for leg in legs
    )


def _item(scan: ScanView, *, names: bool) -> Item:
    note = scan.note
    if scan.status == _SAYS_WHO and note:
        note = _("Taken by {name}").format(name=note if names else masked_name(note))
    elif not names:
        note = ""
    tone = {"DELIVERED": "done", "RETURNED": "late", "NOT_DELIVERED": "late"}.get(scan.status, "")
    return Item(scan.label, moment(scan.at), scan.place, note, tone)

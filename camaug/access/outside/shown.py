"""Who somebody is by the provider's word, in the claim names of the national public-service portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.text import clean
from camaug.people.queries import PersonalNumber

CITIZEN = "1"
"""`LoaiTaiKhoan` of a person; organisations act through somebody whose relation to them is proved here."""
LASTS = timedelta(minutes=10)
"""For how long what was shown may be used: the person is still at the keyboard."""


class NotACitizen(DomainError):
    """The account there is an organisation's, or came by a way that shows nobody's identity."""

    sentence = _("That account does not name a citizen. Sign in there with your own electronic identity.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the provider has said. `shown_at`: when the person showed it there; `sure`: by two factors."""

    issuer: str
    subject: str
    number: str
    name: str
    birth_date: date | None
    shown_at: datetime
    sure: bool
    at: datetime

    def to_session(self) -> dict[str, Any]:
        """As it is kept in a session for minutes."""
        return {
            "issuer": self.issuer,
            "subject": self.subject,
            "number": self.number,
            "name": self.name,
            "birth_date": self.birth_date.isoformat() if self.birth_date else "",
            "shown_at": self.shown_at.isoformat(),
            "sure": self.sure,
            "at": self.at.isoformat(),
        }

    @property
    def masked(self) -> str:
        """The personal number as a page shows it: only its end."""
        return f"{'•' * 8}{self.number[-4:]}"


def from_session(kept: Mapping[str, Any] | None, *, at: datetime) -> Shown | None:
    """What `to_session` gave, unless it is too old."""
    if not kept or at - datetime.fromisoformat(kept["at"]) > LASTS:
        return None
    instants = {name: datetime.fromisoformat(kept[name]) for name in ("shown_at", "at")}
    born = date.fromisoformat(kept["birth_date"]) if kept["birth_date"] else None
    return Shown(**{**kept, **instants, "birth_date": born})


def read_claims(
    claims: Mapping[str, Any], *, issuer: str, shown_at: datetime, sure: bool, through: frozenset[str], at: datetime
) -> Shown:
    """Read the provider's claims. `through`: the identities (`loginIdp`) that count; none: all.

    Raises NotACitizen, and what a personal number raises.
    """
    kind, by = _text(claims, "LoaiTaiKhoan"), _text(claims, "loginIdp")
    if kind not in ("", CITIZEN) or (through and by not in through):
        raise NotACitizen
    name, number = clean(_text(claims, "HoVaTen")), _text(claims, "SoDinhDanh")
    if not name or not number:
        raise NotACitizen
    return Shown(
        issuer=issuer,
        subject=_text(claims, "sub"),
        number=PersonalNumber.parse(number).digits,
        name=name,
        birth_date=_day(_text(claims, "NgayThangNamSinh")),
        shown_at=shown_at,
        sure=sure,
        at=at,
    )


def _text(claims: Mapping[str, Any], name: str) -> str:
    said = claims.get(name, "")
    return str(said).strip()[:255] if isinstance(said, str | int) else ""


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=LOCAL).date()
    except ValueError:
        return None

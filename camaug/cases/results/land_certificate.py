"""Land: the content of a new certificate, or the confirmation of a change on the old one (TT 10/2024/TT-BTNMT)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.answers import Said
from camaug.cases.results.facts import Sheet

HOW = {"BOUGHT": "Nhận chuyển nhượng", "GIVEN": "Nhận tặng cho", "INHERITED": "Nhận thừa kế"}


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One who holds the land."""

    name: str
    number: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class LandCertificate(Sheet):
    """`renewed`: a new certificate, else what is confirmed on the old one. `area` in m², as the deed writes it."""

    renewed: bool
    holders: tuple[Holder, ...]
    how: str
    giver: str
    plot: str
    map_sheet: str
    area: str
    land_use: str
    term: str
    site: str
    assets: str = ""
    old_book_number: str
    old_serial: str
    old_date: date | None
    contract: str
    contract_date: date | None
    notary: str

    @property
    def shared(self) -> bool:
        """Whether several hold it together."""
        return len(self.holders) > 1


def land_certificate(_case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What is written."""
    first = Holder(
        name=said.text("receiver.full_name").upper(),
        number=said.text("receiver.personal_number"),
        address=said.text("receiver.residence"),
    )
    others = (
        Holder(name=str(row.get("name", "")).upper(), number=str(row.get("number") or ""))
        for row in said.rows("co_receivers")
    )
    return LandCertificate(
        **head,
        renewed=said.value("new_certificate") == "YES",
        holders=(first, *others),
        how=HOW.get(said.value("change"), said.text("change")),
        giver=said.text("giver"),
        plot=said.text("plot"),
        map_sheet=said.text("sheet"),
        area=said.text("area"),
        land_use=said.text("land_use"),
        term=said.text("term"),
        site=said.text("site"),
        assets=said.text("assets"),
        old_book_number=said.text("book_number"),
        old_serial=said.text("serial"),
        old_date=said.day("issued"),
        contract=said.text("contract"),
        contract_date=said.day("contract_date"),
        notary=said.text("notary"),
    )

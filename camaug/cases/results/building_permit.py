"""Giấy phép xây dựng cho nhà ở riêng lẻ (forms 03 to 05 of NĐ 217/2026/NĐ-CP, Appendix II)."""

from dataclasses import dataclass
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.answers import Said
from camaug.cases.results.facts import Sheet


@dataclass(frozen=True, kw_only=True)
class BuildingPermit(Sheet):
    """Areas in m², heights and levels in metres as the drawings say them. `begin_months`: work begins within these."""

    owner: str
    owner_number: str = ""
    owner_address: str = ""
    plot: str
    site: str
    plot_area: int
    designer: str
    designer_code: str = ""
    reviewer: str = ""
    building_class: str
    level: str
    setback: str = ""
    ground_area: int
    floor_area: int
    floor_area_detail: str = ""
    floors: int
    floors_detail: str = ""
    height: str
    begin_months: int = 12

    @property
    def density(self) -> str:
        """Ground floor as a share of the plot, in percent with one decimal; empty where an area is missing."""
        return _decimal(100 * self.ground_area / self.plot_area, 1) if self.plot_area and self.ground_area else ""

    @property
    def floor_ratio(self) -> str:
        """Floor area over the plot's area, with two decimals; empty where an area is missing."""
        return _decimal(self.floor_area / self.plot_area, 2) if self.plot_area and self.floor_area else ""


def building_permit(_case: Case, said: Said, head: dict[str, Any]) -> Sheet:
    """What the permit says."""
    return BuildingPermit(
        **head,
        owner=(said.text("owner.full_name") or said.text("organisation")).upper(),
        owner_number=said.text("owner.personal_number") or said.text("organisation_code"),
        owner_address=said.text("owner.residence"),
        plot=said.text("plot"),
        site=said.text("site"),
        plot_area=said.number("plot_area"),
        designer=said.text("designer"),
        designer_code=said.text("designer_code"),
        reviewer=said.text("reviewer"),
        building_class=said.text("class"),
        level=said.text("level"),
        setback=said.text("setback"),
        ground_area=said.number("ground_area"),
        floor_area=said.number("floor_area"),
        floor_area_detail=said.text("floor_area_detail"),
        floors=said.number("floors"),
        floors_detail=said.text("floors_detail"),
        height=said.text("height"),
    )


def _decimal(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")

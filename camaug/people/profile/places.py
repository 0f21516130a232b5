"""The nation's provinces, districts and communes before 2025, from the package `vietnam-provinces` 0.5.8."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from camaug.people.profile.reading import read

PROVINCE, DISTRICT, COMMUNE = "PROVINCE", "DISTRICT", "COMMUNE"


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """A place by its statistics code; `parent` is the code of the place above, of the kind above."""

    kind: str
    code: str
    name: str
    full_name: str
    parent: str | None


def read_places(profile: Path) -> tuple[PlacePlan, ...]:
    """Every place, higher ones first within a province: about 10,800."""
    nation = json.loads((files("vietnam_provinces") / "data" / "nested-divisions.json").read_text(encoding="utf-8"))
    added: dict[str, list[dict[str, str]]] = {}
    for place in read(profile, "places")["added"]:
        added.setdefault(place["district"], []).append(place)
    return tuple(plan for province in nation for plan in _province(province, added))


def in_sentence(name: str) -> str:
    """A place's name inside a sentence: 'Huyện Ngọc Hiển' gives 'huyện Ngọc Hiển'."""
    return name[:1].lower() + name[1:]


def without_kind(name: str) -> str:
    """'Huyện Ngọc Hiển' gives 'Ngọc Hiển', 'Phường 9' gives '9'."""
    for kind in ("Thành phố ", "Thị trấn ", "Thị xã ", "Phường ", "Huyện ", "Quận ", "Tỉnh ", "Xã "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def _province(province: dict[str, Any], added: dict[str, list[dict[str, str]]]) -> Iterator[PlacePlan]:
    code, name = f"{province['code']:02}", province["name"]
    yield PlacePlan(PROVINCE, code, name, name, None)
    for district in province["districts"]:
        of_district, district_name = f"{district['code']:03}", district["name"]
        above = f"{district_name}, {in_sentence(name)}"
        yield PlacePlan(DISTRICT, of_district, district_name, above, code)
        communes = [(f"{ward['code']:05}", ward["name"]) for ward in district["wards"]]
        communes += [(place["code"], place["name"]) for place in added.get(of_district, ())]
        for commune, commune_name in sorted(communes):
            full = f"{commune_name}, {in_sentence(above)}"
            yield PlacePlan(COMMUNE, commune, commune_name, full, of_district)

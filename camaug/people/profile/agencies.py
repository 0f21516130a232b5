"""The agencies of a profile: those written down, then generated schools up to the profile's number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camaug.kernel.text import fold
from camaug.people.profile.places import COMMUNE, DISTRICT, PROVINCE, PlacePlan, in_sentence, without_kind
from camaug.people.profile.reading import Settings, read


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPlan:
    """An agency as the profile has it. `parent` is a code; `place` (kind, code); `mail` begins officers' addresses."""

    code: str
    name: str
    short_name: str = ""
    name_en: str = ""
    parent: str | None
    kind: str
    level: str
    place: tuple[str, str] | None = None
    address: str = ""
    hours: str = ""
    synthetic: bool = False
    placeholder: bool = True
    mail: str = ""


class WrongNumber(ValueError):
    """The profile's files hold more than its settings say."""


def read_agencies(profile: Path, settings: Settings, places: Iterable[PlacePlan]) -> tuple[AgencyPlan, ...]:
    """Exactly `settings.agencies` agencies; a parent always comes before those under it."""
    own = _own_places(places, settings)
    plans = [*_central(profile), *_province(profile, settings, own), *_districts(profile, settings, own)]
    plans += _institutions(profile, settings, own)
    missing = settings.agencies - len(plans)
    if missing < 0:
        raise WrongNumber(f"{len(plans)} agencies are written down, {settings.agencies} are wanted")
    plans += list(_generated_schools(own, settings, missing))
    return tuple(plans)


def _own_places(places: Iterable[PlacePlan], settings: Settings) -> dict[tuple[str, str], PlacePlan]:
    own: dict[tuple[str, str], PlacePlan] = {}
    for place in places:
        above = {PROVINCE: None, DISTRICT: (PROVINCE, place.parent), COMMUNE: (DISTRICT, place.parent)}[place.kind]
        if (place.kind, place.code) == (PROVINCE, settings.place) or above in own:
            own[place.kind, place.code] = place
    return own


def _central(profile: Path) -> Iterator[AgencyPlan]:
    for item in read(profile, "central"):
        yield AgencyPlan(
            code=item["code"],
            name=item["name"],
            name_en=item.get("name_en", ""),
            parent=item.get("parent"),
            kind=item["kind"],
            level="CENTRAL",
            placeholder=item.get("placeholder", False),
        )


def _province(profile: Path, settings: Settings, own: dict[tuple[str, str], PlacePlan]) -> Iterator[AgencyPlan]:
    root = settings.identity_code
    place = own[PROVINCE, settings.place]
    for item in read(profile, "province"):
        body = AgencyPlan(
            code=f"{root}.{item['code']}" if item["code"] else root,
            name=item["name"],
            short_name=item.get("short", ""),
            name_en=item.get("name_en", ""),
            parent=item.get("parent", root),
            kind=item["kind"],
            level="PROVINCE",
            place=(place.kind, place.code),
            address=item.get("address", "") or place.full_name,
            hours=settings.hours,
            placeholder=bool(item["code"]),
            mail=item["mail"],
        )
        yield body
        yield from _units(item, body)


# First number of each sort of unit below a department, so that one list can grow without renumbering another.
_SORTS = (
    ("divisions", 3, "DEPARTMENT_DIVISION", "{unit}, {body}", False),
    ("generic_divisions", 21, "DEPARTMENT_DIVISION", "{unit}, {body}", True),
    ("sub_departments", 41, "SUB_DEPARTMENT", "{unit} tỉnh Cà Mau", False),
    ("centres", 81, "PUBLIC_UNIT", "{unit}", False),
)


def _units(item: dict[str, Any], body: AgencyPlan) -> Iterator[AgencyPlan]:
    def unit(number: int, name: str, short: str, kind: str, synthetic: bool) -> AgencyPlan:
        return AgencyPlan(
            code=f"{body.code}.{number:02}",
            name=name,
            short_name=short if short != name else "",
            parent=body.code,
            kind=kind,
            level="PROVINCE",
            place=body.place,
            address=body.address,
            hours=body.hours,
            synthetic=synthetic,
            mail=body.mail,
        )

    if item.get("office", body.kind == "DEPARTMENT"):
        yield unit(1, f"Văn phòng {body.name}", "Văn phòng", "DEPARTMENT_DIVISION", False)
    if item.get("inspectorate"):
        yield unit(2, f"Thanh tra {body.name}", "Thanh tra", "DEPARTMENT_DIVISION", False)
    for field, first, usual_kind, pattern, synthetic in _SORTS:
        kind = item.get(f"{field}_kind", usual_kind)
        for number, listed in enumerate(item.get(field, ()), start=first):
            own = listed if isinstance(listed, dict) else {"name": listed}
            name = own["name"]
            yield unit(number, pattern.format(unit=name, body=body.name), name, own.get("kind", kind), synthetic)


def _districts(profile: Path, settings: Settings, own: dict[tuple[str, str], PlacePlan]) -> Iterator[AgencyPlan]:
    layout = read(profile, "districts")
    for district in layout["districts"]:
        place = own[DISTRICT, district["place"]]
        words = _words(district, place)
        code = f"{settings.identity_code}.{district['code']}"
        yield _territorial(layout["committee"], words, place, settings, code=code, parent=settings.identity_code)
        for office in layout["offices"]:
            if _applies(office, district):
                named = {"name": f"{office['name']} {words['unit']}", "kind": "DISTRICT_DIVISION", "mail": "{mail}"}
                named |= {"short": office.get("short", office["name"])}
                pattern = {**office, **named, "kind": office.get("kind", "DISTRICT_DIVISION")}
                office_code = f"{code}.{office['code']}"
                yield _territorial(pattern, words, place, settings, code=office_code, parent=code)
        for other in layout["others"]:
            yield _territorial(other, words, place, settings)
        for commune in (p for p in own.values() if p.kind == COMMUNE and p.parent == place.code):
            of_commune = {**words, **_commune_words(commune)}
            for pattern in layout["communes"]:
                yield _territorial(pattern, of_commune, commune, settings)


def _applies(office: dict[str, Any], district: dict[str, Any]) -> bool:
    only = office.get("only")
    return only is None or (not district.get("urban") if only == "rural" else bool(district.get(only)))


def _words(district: dict[str, Any], place: PlacePlan) -> dict[str, str]:
    urban = bool(district.get("urban"))
    return {
        "unit": in_sentence(place.name),
        "district": without_kind(place.name),
        "code": district["code"],
        "mail": district["mail"],
        "party": "Thành" if urban else "Huyện",
        "partymail": "tu" if urban else "hu",
    }


def _commune_words(place: PlacePlan) -> dict[str, str]:
    prefix = {"Phường": "p", "Thị": "tt", "Xã": ""}[place.name.split(" ")[0]]
    slug = fold(without_kind(place.name)).replace(" ", "")
    return {"unit": in_sentence(place.name), "commune": place.code, "mail": f"{prefix}{slug}"}


def _territorial(
    pattern: dict[str, Any],
    words: dict[str, str],
    place: PlacePlan,
    settings: Settings,
    *,
    code: str = "",
    parent: str = "",
) -> AgencyPlan:
    return AgencyPlan(
        code=code or pattern["code"].format(**words),
        name=pattern["name"].format(**words),
        short_name=pattern.get("short", "").format(**words),
        parent=parent or pattern["parent"].format(**words),
        kind=pattern["kind"],
        level="DISTRICT" if place.kind == DISTRICT else "COMMUNE",
        place=(place.kind, place.code),
        address=place.full_name,
        hours=settings.hours,
        synthetic=pattern.get("synthetic", False),
        mail=pattern["mail"].format(**words),
    )


def _institutions(profile: Path, settings: Settings, own: dict[tuple[str, str], PlacePlan]) -> Iterator[AgencyPlan]:
    for item in read(profile, "institutions"):
        place = own[DISTRICT, item["place"]]
        yield AgencyPlan(
            code=item["code"],
            name=item["name"],
            parent=item["parent"],
            kind=item["kind"],
            level="PROVINCE",
            place=(place.kind, place.code),
            address=place.full_name,
            hours=settings.hours,
            mail=item["mail"],
        )


def _generated_schools(own: dict[tuple[str, str], PlacePlan], settings: Settings, count: int) -> Iterator[AgencyPlan]:
    """Primary schools, one a commune and round again, under the district's education office."""
    communes = [place for place in own.values() if place.kind == COMMUNE]
    districts = {place.code: place for place in own.values() if place.kind == DISTRICT}
    for number in range(count):
        place, round_number = communes[number * 7 % len(communes)], number // len(communes) + 1
        slug = _commune_words(place)["mail"]
        yield AgencyPlan(
            code=f"{settings.identity_code}.17.{place.code}.{round_number}",
            name=f"Trường Tiểu học {without_kind(place.name)} {round_number}, {in_sentence(place.name)}",
            short_name=f"Tiểu học {without_kind(place.name)} {round_number}",
            parent=f"{settings.identity_code}.17",
            kind="SCHOOL",
            level="COMMUNE",
            place=(place.kind, place.code),
            address=f"{place.name}, {in_sentence(districts[place.parent or ''].name)}",
            hours=settings.hours,
            synthetic=True,
            mail=f"th.{slug}",
        )

"""The ADDRESS question as controls: three lists one below the other, or one box of words at the counter."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from camaug.catalogue.forms.addresses import LEVELS
from camaug.catalogue.forms.controls import Choice
from camaug.catalogue.forms.places import Places


def place_parts(
    address: Mapping[str, Any], name: str, places: Places | None, *, compact: bool
) -> Iterator[dict[str, Any]]:
    """The controls of one address as arguments of FieldView, the detail last."""
    if compact:
        yield _words(address, name, places)
    else:
        yield from _lists(address, name, places)
    yield {
        "kind": "input",
        "name": f"{name}.detail",
        "id": f"{name}.detail",
        "label": _("House number, street, hamlet"),
        "value": str(address.get("detail", "")),
        "attrs": {"autocomplete": "off"},
    }


def _words(address: Mapping[str, Any], name: str, places: Places | None) -> dict[str, Any]:
    typed = str(address.get("place", ""))
    chain = places.chain(str(address.get("commune", ""))) if places and not typed else ()
    found = places.search(typed) if places and typed else ()
    return {
        "kind": "place",
        "name": f"{name}.place",
        "id": name,
        "label": _("Commune"),
        "value": typed or (chain[-1].full_name if chain else ""),
        "attrs": {"autocomplete": "off", "list": f"{name}-list"},
        "suggestions": tuple(spot.full_name for spot in found),
    }


def _lists(address: Mapping[str, Any], name: str, places: Places | None) -> Iterator[dict[str, Any]]:
    labels = dict(zip(LEVELS, (_("Province or city"), _("District"), _("Commune, ward or township")), strict=True))
    above: str | None = ""
    for level in LEVELS:
        spots = places.children(above) if places and above is not None else ()
        if spots and all(spot.kind.lower() != level for spot in spots):
            continue
        chosen = str(address.get(level, ""))
        yield {
            "kind": "select",
            "name": f"{name}.{level}",
            "id": name if level == LEVELS[0] else f"{name}.{level}",
            "label": labels[level],
            "value": chosen,
            "options": tuple(Choice(spot.code, spot.name) for spot in spots),
            "attrs": {"autocomplete": "off", "data-places": level},
            "empty": _("Choose from the list") if spots else _("Choose the place above first"),
            "narrows": level != LEVELS[-1],
        }
        above = chosen or None

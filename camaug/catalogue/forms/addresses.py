"""The ADDRESS question: province, district, commune by code, and house, street or hamlet in words."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.forms.places import Places, Spot
from camaug.catalogue.forms.values import parse, storable
from camaug.kernel.errors import DomainError
from camaug.kernel.text import clean, fold

LEVELS = ("province", "district", "commune")
CODE_LENGTH = 10
_DETAIL = FormField(id="detail", label="", type=FieldType.TEXT, max_length=200)


def read_address(typed: Mapping[str, str], places: Places | None) -> tuple[dict[str, str] | None, str]:
    """The answer and its sentence ("" = understood).

    `typed` holds the codes chosen in lists, or `place`: words of the commune's full name typed at the counter. A chosen
    unit that does not lie in the one chosen above it is dropped, so that another province starts afresh.
    """
    answer = {level: code for level in LEVELS if (code := storable(typed.get(level, ""))[:CODE_LENGTH])}
    sentence = ""
    if words := clean(storable(typed.get("place", ""))):
        answer, sentence = _found(words, places)
    elif places:
        answer = _coherent(answer, places)
    if detail := typed.get("detail", "").strip():
        answer["detail"], wrong = _detail(detail)
        sentence = sentence or wrong
    if not answer:
        return None, ""
    return answer | {"text": written(answer, places)}, sentence


def written(address: Mapping[str, Any], places: Places | None) -> str:
    """The address as one writes it: detail, then the units from the lowest up."""
    code = next((address[level] for level in reversed(LEVELS) if address.get(level)), "")
    chain = places.chain(str(code)) if places and code else ()
    return ", ".join(part for part in (address.get("detail"), chain[-1].full_name if chain else "") if part)


def check_address(address: Any, places: Places | None, *, required: bool) -> str:
    """The sentence about an answered address, or "" where it is right."""
    if not isinstance(address, Mapping) or not all(isinstance(value, str) for value in address.values()):
        return _("Choose province, district and commune.")
    if "place" in address:
        return _("No commune was found by these words. Write its name and its district.")
    if len(address.get("detail", "")) > 0 and (wrong := _detail(address["detail"])[1]):
        return wrong
    if not all(re.fullmatch(r"[0-9]{0,10}", address.get(level, "")) for level in LEVELS):
        return _("Choose province, district and commune.")
    if not address.get("commune"):
        return _missing(address) if required or address.get("province") else ""
    if places is None:
        return ""
    chain = places.chain(address["commune"])
    if [address.get(spot.kind.lower()) for spot in chain] != [spot.code for spot in chain] or not chain:
        return _("The commune does not lie in this district. Choose again.")
    return ""


def _missing(address: Mapping[str, Any]) -> str:
    if not address.get("province"):
        return _("Choose the province.")
    if not address.get("district"):
        return _("Choose the district.")
    return _("Choose the commune.")


def _found(words: str, places: Places | None) -> tuple[dict[str, str], str]:
    spots = list(places.search(words)) if places else []
    exact = [spot for spot in spots if fold(spot.full_name) == fold(words)]
    best = exact or spots
    if len(best) == 1 and places:
        return _codes(places.chain(best[0].code)), ""
    if not best:
        return {"place": words}, _("No commune was found by these words. Write its name and its district.")
    names = "; ".join(spot.full_name for spot in best[:5])
    return {"place": words}, _("Several communes fit: {names}. Write more of the name.").format(names=names)


def _codes(chain: Any) -> dict[str, str]:
    return {spot.kind.lower(): spot.code for spot in chain}


def _coherent(answer: dict[str, str], places: Places) -> dict[str, str]:
    kept: dict[str, str] = {}
    above = ""
    for level in LEVELS:
        known: dict[str, Spot] = {spot.code: spot for spot in places.children(above)}
        if answer.get(level) in known:
            above = kept[level] = answer[level]
        elif not any(spot.kind.lower() != level for spot in known.values()):
            break
    return kept


def _detail(text: str) -> tuple[str, str]:
    try:
        return str(parse(_DETAIL, text)), ""
    except DomainError as refusal:
        return storable(text), str(refusal)

"""Keeps a draft's content in the shape of a definition: what belongs together is there together, or not at all."""

from collections.abc import Mapping
from typing import Any

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.drafting.conditions import cleaned
from camaug.catalogue.drafting.entries import Sheet
from camaug.catalogue.drafting.places import Content, Place, put

_OF_CALCULATION: dict[str, dict[str, Any]] = {
    "FIXED": {"kind": "FIXED", "amount": None},
    "PER_UNIT": {"kind": "PER_UNIT", "amount": 0, "of": "", "ceiling": None},
    "TIERED": {"kind": "TIERED", "of": "", "tiers": [], "ceiling": None, "times": None},
    "BANDED": {"kind": "BANDED", "of": "", "bands": [], "times": None},
    "TABLE": {"kind": "TABLE", "cases": [], "times": None},
}
_OPTIONAL = {"copied", "wording", "foreign", "lead", "silence", "unsupplemented", "reminders", "draft_consent"}
"""What is there only where something of it was said."""


def content_of(definition: Definition) -> Content:
    """The whole content of a definition as plain values, conditions without the comparisons that they do not make."""
    content: Content = _plain(definition.model_dump(mode="json", by_alias=True))
    return content


def with_values(content: Content, place: Place, sheet: Sheet, values: Mapping[str, Any]) -> Content:
    """The content with the values of a sheet at their places."""
    for entry in sheet.entries:
        content = put(content, place + entry.path, values[entry.name])
    return _tidied(content, place, sheet)


def _tidied(content: Content, place: Place, sheet: Sheet) -> Content:
    names = {entry.name for entry in sheet.entries}
    item: Any = content
    for step in place:
        item = item[step]
    if "calculation.kind" in names:
        given = item["calculation"]
        wanted = _OF_CALCULATION.get(given["kind"], {"kind": given["kind"]})
        kept = {key: given.get(key) if given.get(key) is not None else usual for key, usual in wanted.items()}
        content = put(content, (*place, "calculation"), kept)
    for name in _OPTIONAL & {name.partition(".")[0] for name in names}:
        part = item[name]
        content = put(content, (*place, name), part if any(part.values()) else None)
    return content


def _plain(value: Any) -> Any:
    """Conditions told by their keys: a test has `field` and comparisons."""
    if isinstance(value, dict):
        if "field" in value and "is" in value:
            return cleaned(value)
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value

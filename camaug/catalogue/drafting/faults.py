"""What is missing in a draft or does not fit together, each with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.slips import slip_of
from camaug.catalogue.drafting.places import Content, Place, address_of, found_at
from camaug.catalogue.drafting.sheets import TITLES, heading, page_of, part_of, sheet_at
from camaug.catalogue.faults import Fault, faults_of
from camaug.catalogue.surroundings import Surroundings
from camaug.kernel.errors import NotFound

UNWRITTEN = {"version": 1, "valid_from": "2000-01-01", "valid_until": None}
"""What a draft is given when it is scheduled."""


@dataclass(frozen=True, slots=True)
class DraftFault:
    """Where, in words; what; and the address of the page in the editor. `step` and `field` are set where it is one."""

    where: str
    sentence: str
    place: Place

    @property
    def part(self) -> str:
        """The part in which it lies."""
        return part_of(self.place)

    @property
    def address(self) -> str:
        """The page in the editor."""
        return address_of(self.place)

    @property
    def said(self) -> str:
        """Where and what as one sentence."""
        return f"{self.where}: {self.sentence}"


def definition_of(content: Content) -> Definition:
    """The draft as a definition; ValidationError while something is missing."""
    return Definition.model_validate(_given({**content, **UNWRITTEN}))


def form_of(content: Content) -> EForm:
    """The draft's form alone; ValidationError while something is missing in it."""
    return EForm.model_validate(_given(content.get("form")))


def faults_in(content: Content, known: Surroundings) -> tuple[DraftFault, ...]:
    """Everything, in the order of the parts; what does not fit together only once nothing is missing."""
    try:
        definition = definition_of(content)
    except ValidationError as error:
        slips = error.errors(include_url=False, include_context=True, include_input=False)
        found = {(_path(slip["loc"], content), str(slip_of(slip) or slip["msg"])): None for slip in slips}
        faults = [_fault(content, path, sentence) for path, sentence in found]
    else:
        faults = [_of(content, fault) for fault in faults_of(definition, known)]
    order = list(TITLES)
    return tuple(sorted(faults, key=lambda fault: order.index(fault.part)))


def _of(content: Content, fault: Fault) -> DraftFault:
    return _fault(content, located(content, fault.place), str(fault.slip))


def _fault(content: Content, path: Place, sentence: str) -> DraftFault:
    page = page_of(content, path)
    names = [str(TITLES[part_of(path)])]
    names += [heading(found_at(content, page[:n])) for n in range(2, len(page) + 1) if isinstance(page[n - 1], int)]
    names.append(_label(page, path))
    return DraftFault(" › ".join(dict.fromkeys(name for name in names if name)), sentence, page)


def _label(page: Place, path: Place) -> str:
    try:
        sheet, at = sheet_at(page)
    except NotFound:
        return ""
    inside = ".".join(str(step) for step in path[len(at) :])
    titles = {entry.name: str(entry.label) for entry in sheet.entries}
    titles |= {listing.name: str(listing.label) for listing in sheet.listings}
    return next((label for name, label in titles.items() if name == inside or inside.startswith(f"{name}.")), "")


def located(content: Content, words: str) -> Place:
    """The place that a check names in words: "fees > le-phi" is the item of that id in the fees."""
    first, *names = words.split(" > ")
    place: Place = (first,) if first in content or first in TITLES else ("process",)
    for name in names:
        place = next((found for found in _named(found_at(content, place), place, name)), place)
    return place


def _named(value: Any, place: Place, name: str) -> Iterator[Place]:
    if isinstance(value, dict):
        if name in (value.get("id"), value.get("document"), value.get("when_text"), value.get("name")):
            yield place
        for key, inner in value.items():
            yield from _named(inner, (*place, key), name)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _named(inner, (*place, n), name)


def _path(loc: tuple[int | str, ...], content: Any) -> Place:
    """The path in the content: pydantic's own tags are left out, a missing last key is kept."""
    path: list[int | str] = []
    for n, key in enumerate(loc):
        if isinstance(content, list) and isinstance(key, int) and key < len(content):
            content = content[key]
        elif isinstance(content, dict) and (key in content or n == len(loc) - 1):
            content = content.get(key)
        else:
            continue
        path.append(key)
    return tuple(path)


def _given(value: Any) -> Any:
    """The content without empty texts, so that a needed one counts as missing."""
    if isinstance(value, dict):
        return {key: _given(inner) for key, inner in value.items() if inner != ""}
    return [_given(inner) for inner in value] if isinstance(value, list) else value

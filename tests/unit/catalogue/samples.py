"""The profile's real definitions, and changed ones."""

from functools import cache
from pathlib import Path
from typing import Any

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.profile_files import ProfileCatalogue, read_catalogue
from camaug.catalogue.surroundings import surroundings_of

PROFILE = Path(__file__).parents[3] / "profiles" / "ca-mau"
KNOWN = surroundings_of(PROFILE)


@cache
def catalogue() -> ProfileCatalogue:
    """All that the profile says of procedures, read once a process."""
    return read_catalogue(PROFILE)


def real(code: str) -> Definition:
    """The profile's definition of that procedure."""
    return catalogue().definitions[f"{code}.yaml"]


def changed(definition: Definition, **changes: Any) -> Definition:
    """The definition with parts replaced by plain values, checked anew."""
    content = definition.model_dump(mode="json", by_alias=True)
    return Definition.model_validate({**content, **changes})


def process_of(definition: Definition) -> dict[str, Any]:
    """The process as plain values, to be changed."""
    content: dict[str, Any] = definition.process.model_dump(mode="json", by_alias=True)
    return content

"""Words offered while one types: ethnic groups and nationalities, from the lists of the profile's `catalogue.yaml`."""

from functools import cache
from pathlib import Path

from django.conf import settings

from camaug.catalogue.definition.eform import FormField, PersonPart
from camaug.catalogue.profile_files import read_vocabulary

_LISTS = {PersonPart.ETHNICITY: "ethnicities", PersonPart.NATIONALITY: "nationalities"}


def suggestions(field: FormField) -> tuple[str, ...]:
    """What may be picked for this field; anything else may be typed too."""
    return next((_list(name) for part, name in _LISTS.items() if part == field.id), ())


def home_nationality() -> str:
    """The nationality that stands there before anything is typed: the first of the list."""
    return next(iter(_list(_LISTS[PersonPart.NATIONALITY])), "")


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(one["label"] for one in read_vocabulary(Path(settings.PROFILE)).lists.get(name, ()))

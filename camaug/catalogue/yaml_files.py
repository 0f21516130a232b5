"""A definition as the YAML that a profile holds: what `profile_files` reads back as the same definition."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.profile_files import Vocabulary
from camaug.kernel.clock import LOCAL

WIDTH = 120


def to_yaml(definition: Definition, vocabulary: Vocabulary) -> str:
    """The text of the file; parts left at their defaults are not written, options that the profile lists by name."""
    content = definition.model_dump(by_alias=True, exclude_defaults=True)
    return as_yaml(_named(plain(content), vocabulary))


def as_yaml(value: Any) -> str:
    """Plain values as YAML."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


class _Dumper(yaml.SafeDumper):
    """Without aliases, which a profile does not use."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the dumper's shape)
        return True


def plain(value: Any) -> Any:
    """The value as the YAML has it: sums of time as figures, days as days, instants as local time."""
    match value:
        case dict():
            return {str(plain(key)): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case Enum():
            return value.value
        case Decimal():
            return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
        case datetime():
            return value.astimezone(LOCAL).replace(tzinfo=None).isoformat(timespec="minutes")
        case time():
            return value.isoformat()
        case str() | int() | bool() | date() | None:
            return value
    raise TypeError(f"{type(value).__name__} has no place in a profile")


def _named(value: Any, vocabulary: Vocabulary) -> Any:
    if isinstance(value, dict):
        return {key: _named(item, vocabulary) for key, item in value.items()}
    if isinstance(value, list):
        name = next((name for name, options in vocabulary.lists.items() if options == value), None)
        return {"list": name} if name else [_named(item, vocabulary) for item in value]
    return value

"""Reads the catalogue's part of a profile: `catalogue.yaml` and one file a procedure. Nothing here touches a database.

The YAML is read strictly: only `true` and `false` are truth values (YES stays a word), only whole numbers are numbers
(1.001193 stays a code), aliases and keys given twice are refused, and size and depth are limited.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from pydantic import Field, TypeAdapter, ValidationError
from yaml.composer import Composer

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.slips import Slip, slip, slip_of
from camaug.catalogue.definition.sourcing import Part
from camaug.catalogue.guide import Guide
from camaug.kernel.errors import DomainError

SIZE_LIMIT = 256 * 1024
DEPTH_LIMIT = 24


class ProfileInvalid(DomainError):
    """{file}, {place}: {reason}; `slip` is the reason where it is one that is known by its code."""

    sentence = _("{file}, {place}: {reason}")

    def __init__(self, *, slip: Slip | None = None, **facts: object) -> None:
        self.slip = slip
        super().__init__(**{"reason": slip.english if slip else "", **facts})


class FieldOfWork(Part):
    """A field of work (lĩnh vực)."""

    code: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    name: str
    name_en: str = ""


class Event(Part):
    """An event of life by which people look for procedures."""

    code: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    name: str
    name_en: str = ""
    summary: str = ""
    summary_en: str = ""


class Vocabulary(Part):
    """What the procedures of a profile share; `lists` are options that a form names by `{list: …}`."""

    fields: tuple[FieldOfWork, ...]
    life_events: tuple[Event, ...]
    lists: dict[str, list[dict[str, str]]] = {}


@dataclass(frozen=True, slots=True)
class ProfileCatalogue:
    """Everything the profile says of procedures, checked in form; definitions by file name."""

    vocabulary: Vocabulary
    definitions: dict[str, Definition]


def read_catalogue(profile: Path) -> ProfileCatalogue:
    """The catalogue of a profile folder. ProfileInvalid names the file, the place in it and what is wrong."""
    vocabulary = read_vocabulary(profile)
    paths = sorted((profile / "procedures").glob("*.yaml"))
    return ProfileCatalogue(vocabulary, {path.name: read_definition(path, vocabulary) for path in paths})


def read_vocabulary(profile: Path) -> Vocabulary:
    """The profile's fields of work, life events and lists of options."""
    return _parsed(Vocabulary, read_yaml(profile / "catalogue.yaml"), "catalogue.yaml")


def read_guide(profile: Path) -> Guide:
    """The questions that lead to procedures."""
    return _parsed(Guide, read_yaml(profile / "guide.yaml"), "guide.yaml")


def read_definition(path: Path, vocabulary: Vocabulary) -> Definition:
    """One procedure's file, its named lists filled in."""
    definition = definition_in(read_yaml(path), vocabulary, path.name)
    if path.stem != definition.code:
        raise ProfileInvalid(file=path.name, place="code", reason=f"“{definition.code}” is not the file's name")
    return definition


def definition_in(value: Any, vocabulary: Vocabulary, file: str) -> Definition:
    """The definition that the file's content is, its named lists filled in. Raises ProfileInvalid."""
    definition = _parsed(Definition, _filled(value, vocabulary, file), file)
    known_events = {event.code for event in vocabulary.life_events}
    if definition.field not in {field.code for field in vocabulary.fields}:
        raise ProfileInvalid(file=file, place="field", slip=slip("not_in_vocabulary", name=definition.field))
    if unknown := set(definition.life_events) - known_events:
        raise ProfileInvalid(
            file=file, place="life_events", slip=slip("unknown_names", names=", ".join(sorted(unknown)))
        )
    return definition


def read_yaml(path: Path) -> Any:
    """The file's content as plain values, read strictly."""
    if not path.is_file():
        raise ProfileInvalid(file=path.name, place="file", slip=slip("no_file"))
    if path.stat().st_size > SIZE_LIMIT:
        raise ProfileInvalid(file=path.name, place="file", reason=f"larger than {SIZE_LIMIT // 1024} KB")
    return parse_yaml(path.read_bytes(), path.name)


def parse_yaml(text: bytes | str, file: str) -> Any:
    """The text as plain values, read strictly. Raises ProfileInvalid with the name of the file."""
    try:
        whole = text.decode("utf-8") if isinstance(text, bytes) else text
        return yaml.load(whole, Loader=_StrictLoader)  # noqa: S506 (a SafeLoader, made stricter)
    except UnicodeDecodeError as error:
        raise ProfileInvalid(file=file, place=f"byte {error.start}", slip=slip("not_utf8")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {min(mark.line, whole.count('\n')) + 1}" if mark else "file"  # the end is told as a line more
        told = str(error.problem or error.context)
        raise ProfileInvalid(file=file, place=place, reason=told, slip=getattr(error, "slip", None)) from error
    except yaml.YAMLError as error:
        raise ProfileInvalid(file=file, place="file", reason=" ".join(str(error).split())) from error
    except (ValueError, TypeError) as error:
        raise ProfileInvalid(file=file, place="file", reason=str(error)) from error


class _GivenTwice(yaml.MarkedYAMLError):
    def __init__(self, name: str, mark: yaml.Mark) -> None:
        self.slip = slip("given_twice", name=name)
        super().__init__(problem=self.slip.english, problem_mark=mark)


class _StrictLoader(Composer, yaml.CSafeLoader):
    """A SafeLoader with the plain words of the module's docstring, whose letters are read by libyaml: in Python that
    takes five times as long.
    """

    yaml_implicit_resolvers: dict[str, list[Any]] = {}
    depth = 0

    def __init__(self, stream: str) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        Composer.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        mark: Any = self.peek_event().start_mark  # type: ignore[union-attr]  # the document has begun
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases are not used here", problem_mark=mark)
        if self.depth >= DEPTH_LIMIT:
            raise yaml.MarkedYAMLError(problem=f"deeper than {DEPTH_LIMIT} levels", problem_mark=mark)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _value in node.value:
            if key.value in seen:
                raise _GivenTwice(str(key.value), key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_PLAIN_WORDS: tuple[tuple[str, str, list[str]], ...] = (
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("timestamp", r"^\d{4}-\d\d-\d\d$", list("0123456789")),
)
for _tag, _pattern, _first in _PLAIN_WORDS:
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _filled(value: Any, vocabulary: Vocabulary, file: str) -> Any:
    """The tree with every `{list: name}` replaced by the vocabulary's options."""
    if isinstance(value, dict):
        if set(value) == {"list"}:
            if str(value["list"]) not in vocabulary.lists:
                raise ProfileInvalid(file=file, place="list", slip=slip("not_in_vocabulary", name=str(value["list"])))
            return vocabulary.lists[str(value["list"])]
        return {key: _filled(item, vocabulary, file) for key, item in value.items()}
    return [_filled(item, vocabulary, file) for item in value] if isinstance(value, list) else value


def _parsed[T](kind: type[T], value: Any, file: str) -> T:
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        slips = error.errors(include_url=False, include_context=True, include_input=False)
        more = f" (and {len(slips) - 1} more)" if len(slips) > 1 else ""
        place = " > ".join(_place(slips[0]["loc"], value)) or "file"
        reason = slips[0]["msg"].removeprefix("Value error, ") + more
        raise ProfileInvalid(file=file, place=place, reason=reason, slip=slip_of(slips[0])) from error


def _place(path: tuple[int | str, ...], value: Any) -> Iterator[str]:
    """The path to a slip in words: list items by their id where they have one; pydantic's own tags left out."""
    for key in path:
        inside = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list) and isinstance(key, int) and key < len(value):
            inside = value[key]
            yield str(inside.get("id", key + 1)) if isinstance(inside, dict) else str(key + 1)
        elif not isinstance(value, dict) or key in value or key == path[-1]:
            yield str(key)
        else:
            continue
        value = inside

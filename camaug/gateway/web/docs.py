"""The API for people who write programs: one page, made of the API's own description."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.gateway.web.description import Json, described
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public
from camaug.kernel.problems import STATUSES, kind_of


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    sentence: str
    door: str
    parameters: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Refusals of one kind, at the place that the `type` of their problems names."""

    kind: str
    statuses: tuple[int, ...]
    sentences: tuple[str, ...]


@public
def docs(request: Request) -> HttpResponse:
    """Operations by subject, then every refusal."""
    whole = described(get_language() or "vi")
    groups: dict[str, list[Operation]] = {}
    for path, methods in whole["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told["tags"][0], []).append(_operation(path, method, told, whole))
    subjects = _subjects()
    shown = {
        "groups": [(subjects.get(tag, tag), operations) for tag, operations in groups.items()],
        "refusals": _refusals(),
    }
    return render(request, "gateway/docs.html", shown)


def _subjects() -> dict[str, str]:
    return {
        "catalogue": _("Procedures"),
        "agencies": _("Agencies"),
        "places": _("Places"),
        "follow": _("Following a case"),
        "own applications": _("One's own applications"),
        "uploads": _("Files in pieces"),
        "cases": _("Cases, for officers"),
        "moves": _("Moves of a case, for officers"),
        "files": _("Files of a case"),
        "caller": _("Who calls"),
    }


def _doors() -> dict[str, str]:
    return {"PUBLIC": _("Everybody"), "MEMBERS": _("Citizens"), "STAFF": _("Officers")}


def _operation(path: str, method: str, told: Json, whole: Json) -> Operation:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        sentence=told["summary"],
        door=_doors()[told["x-door"]],
        parameters=tuple(_parameter(one) for one in told["parameters"] if one["in"] != "path"),
        fields=tuple(_properties(body, whole)),
    )


def _parameter(one: Json) -> str:
    return f"{one['name']}*" if one.get("required") else str(one["name"])


def _properties(schema: Json, whole: Json) -> Iterator[str]:
    """The names of a body's fields, those that are needed with a star."""
    known: Any = whole["components"]["schemas"].get(_name(schema), schema)
    needed = set(known.get("required", ()))
    yield from (name + ("*" if name in needed else "") for name in known.get("properties", {}))


def _name(schema: Json) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _refusals() -> list[Refusal]:
    found: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for one in _every(DomainError):
        status = next(status for known, status in STATUSES if issubclass(one, known))
        found[kind_of(one)].add((status, str(one.sentence)))
    return [
        Refusal(
            kind, tuple(sorted({status for status, _said in told})), tuple(sorted({said for _status, said in told}))
        )
        for kind, told in sorted(found.items())
    ]


def _every(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _every(one)

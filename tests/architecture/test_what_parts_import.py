"""Across parts only actions, queries and events are imported, besides the floor: `kernel` and `ui` are open.

What one part lends to another as plain types, without rules or rows, is listed here by name with its reason.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPEN_PARTS = {"kernel", "ui"}
DOORS = {"actions", "queries", "events"}
ABOVE_ALL = {"runtime"}  # composes the program
COMPOSED = {("gateway", "rest")}  # the API is put together of what each part says in its `rest`
LENT = {
    "camaug.people.numbers": "numbers of persons, businesses and phones: plain functions",
    "camaug.access.contacts": "a phone or mailbox, as a type",
    "camaug.access.authentication": "how surely somebody is known, as types and plain functions over his session",
    "camaug.access.belongings": "what other parts do when what belonged to one belongs to another",
    "camaug.access.invitations": "the shape of an invitation's letter, as types",
    "camaug.access.letters": "what becomes of letters that could not be sent, as types",
    "camaug.access.endings": "what other parts do when a session ends",
    "camaug.access.reviewing": "what reviews of access ask about beside roles; said by the part that keeps it",
    "camaug.access.web.frame": "in which frame a page about one's own account stands",
    "camaug.access.web.session": "opening and closing a session, for pages that do so on a system's wish",
    "camaug.access.codes": "the shape of what brings one-time codes to a contact, and its refusals",
    "camaug.signon.issuer": "the address by which other systems know this installation",
    "camaug.signon.scopes": "what a system may ask for, as names",
    "camaug.notify.notices": "what a part may tell, as types; declared where the part reacts to its events",
    "camaug.people.loading": "the profile's cast, for what is loaded after it",
    "camaug.worktime.calendars": "working calendars, as types",
    "camaug.worktime.deadlines": "deadlines, as types and plain functions",
    "camaug.worktime.limits": "a time limit and its unit, as types",
    "camaug.cases.web.desk.narrowing": "by which words the inbox is narrowed, as fields of a form",
    "camaug.catalogue.definition": "a procedure's definition, as types",
    "camaug.catalogue.walking": "how a case goes along a scenario; said by the part that knows the lifecycle",
    "camaug.catalogue.forms": "the engine of e-forms: plain functions over a definition",
}


@dataclass(frozen=True)
class Import:
    """One module of a part, and a module of another part that it imports."""

    path: str
    part: str
    module: str

    @property
    def other(self) -> str:
        return self.module.split(".")[1]


@cache
def imports() -> tuple[Import, ...]:
    return tuple(_imports())


def _imports() -> Iterator[Import]:
    for path in sorted((ROOT / "camaug").rglob("*.py")):
        place = path.relative_to(ROOT)
        part = place.parts[1]
        for node in ast.walk(ast.parse(path.read_text())):
            for module in _modules(node):
                if module.startswith("camaug.") and module.split(".")[1] != part:
                    yield Import(str(place), part, module)


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [f"{node.module}.{name.name}" if node.module in _PARTS else str(node.module) for name in node.names]
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


_PARTS = {f"camaug.{folder.name}" for folder in (ROOT / "camaug").iterdir() if folder.is_dir()}


def test_parts_meet_at_their_doors() -> None:
    strange = [
        f"{found.path} imports {found.module}"
        for found in imports()
        if found.other not in OPEN_PARTS
        and found.part not in ABOVE_ALL
        and not set(found.module.split(".")[2:3]) & DOORS
        and (found.part, "".join(found.module.split(".")[2:3])) not in COMPOSED
        and not any(found.module == lent or found.module.startswith(f"{lent}.") for lent in LENT)
    ]
    assert not strange, "\n".join(strange)


@pytest.mark.parametrize("lent", LENT)
def test_what_is_lent_is_used_by_another_part(lent: str) -> None:
    assert any(found.module.startswith(lent) for found in imports())


def test_nobody_imports_subscribers() -> None:
    assert not [found for found in imports() if found.module.endswith(".subscribers")]

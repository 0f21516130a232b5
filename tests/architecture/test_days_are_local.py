"""The day of an instant is that of Vietnam: rows tell instants in UTC, where before 07:00 it is still the day before."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCAL_ALREADY = "request.at"
"""Pages read the clock through `kernel.clock.now`, which tells local time."""


def slips(source: str) -> Iterator[str]:
    """Where `.date()` is asked of an instant, by its name, that was not brought into local time there."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name() | ast.Attribute() as asked, attr="date")):
                name = ast.unparse(asked)
                if f"_{name.rpartition('.')[2]}".endswith("_at") and name != LOCAL_ALREADY:
                    yield f"{node.lineno}: {name}.date()"


def test_no_day_is_read_off_an_instant_in_utc() -> None:
    read = {path: list(slips(path.read_text())) for path in sorted((ROOT / "camaug").rglob("*.py"))}
    assert len(read) > 100
    assert {str(path.relative_to(ROOT)): found for path, found in read.items() if found} == {}


@pytest.mark.parametrize("name", ["at", "row.at", "seen_at", "case.created_at", "self.case.received_at"])
def test_a_slip_is_found(name: str) -> None:
    assert list(slips(f"day = {name}.date()")) == [f"1: {name}.date()"]
    assert not list(slips(f"day = {name}.astimezone(LOCAL).date()"))


@pytest.mark.parametrize("name", ["request.at", "now", "local", "format"])
def test_what_is_local_already_is_none(name: str) -> None:
    assert not list(slips(f"day = {name}.date()"))

"""Names are sorted by `kernel.text.sort_key`: the database and Python, left alone, put Đ, Ư and every tone behind Z."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = {"name", "full_name", "short_name", "plain_name", "officer_name", "title", "label"}


def slips(source: str) -> Iterator[str]:
    """Where rows are ordered by a column of names itself, or sorted by a key that is a name alone."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="order_by"), args=args):
                asked = [one.value for one in args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                yield from (f"{node.lineno}: {one}" for one in asked if one.lstrip("-").rpartition("__")[2] in NAMES)
            case ast.Call(func=ast.Name(id="sorted") | ast.Attribute(attr="sort"), keywords=keywords):
                for body in (one.value.body for one in keywords if isinstance(one.value, ast.Lambda)):
                    parts = body.elts if isinstance(body, ast.Tuple) else [body]
                    names = [one for one in parts if isinstance(one, ast.Attribute) and one.attr in NAMES]
                    yield from (f"{node.lineno}: {ast.unparse(one)}" for one in names)


def test_no_list_is_ordered_by_code_point() -> None:
    read = {path: list(slips(path.read_text())) for path in sorted((ROOT / "camaug").rglob("*.py"))}
    assert len(read) > 100
    assert {str(path.relative_to(ROOT)): found for path, found in read.items() if found} == {}


@pytest.mark.parametrize(
    "source",
    [
        'rows.order_by("name")',
        'rows.order_by("-rank", "officer__full_name")',
        "sorted(rows, key=lambda row: row.name)",
        "rows.sort(key=lambda row: (-row.total, row.label))",
    ],
)
def test_a_slip_is_found(source: str) -> None:
    assert list(slips(source))


@pytest.mark.parametrize("source", ['rows.order_by("sort_key")', "sorted(rows, key=lambda row: sort_key(row.name))"])
def test_what_is_in_order_is_none(source: str) -> None:
    assert not list(slips(source))

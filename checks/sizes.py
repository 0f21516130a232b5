"""Sizes: what is above its aim is counted, what is above its limit is refused.

Migrations, settings, print templates whose layout the law fixes, and generated files are exempt.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CODE = ("camaug", "config", "checks", "tests")
EXEMPT = ("migrations", "node_modules", "built", "statutory")


@dataclass(frozen=True)
class Size:
    """Something with its number of lines."""

    kind: str
    place: str
    lines: int


@dataclass(frozen=True)
class Rule:
    """The aim, and the limit above which CI refuses (None: only watched)."""

    aim: int
    limit: int | None


RULES = {
    "Python file": Rule(aim=120, limit=400),
    "function": Rule(aim=15, limit=60),
    "class": Rule(aim=100, limit=None),
    "test": Rule(aim=20, limit=60),
    "template": Rule(aim=60, limit=250),
    "JavaScript file": Rule(aim=50, limit=250),
}


def sizes() -> Iterator[Size]:
    """Everything that has a size."""
    for path in _files(CODE, "*.py"):
        if path.name != "settings.py":
            text = path.read_text()
            yield Size("Python file", str(path), text.count("\n"))
            yield from _parts(path, ast.parse(text))
    for path in _files(("camaug",), "*.html"):
        yield Size("template", str(path), path.read_text().count("\n"))
    for path in (*_files(("camaug",), "*.mjs"), *_files(("camaug",), "*.js")):
        yield Size("JavaScript file", str(path), path.read_text().count("\n"))


def refused(size: Size) -> bool:
    """Whether it is above its limit."""
    limit = RULES[size.kind].limit
    return limit is not None and size.lines > limit


def _files(folders: tuple[str, ...], pattern: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(Path(folder).rglob(pattern)):
            if not set(path.parts) & set(EXEMPT):
                yield path


def _parts(path: Path, tree: ast.Module) -> Iterator[Size]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Size(_kind(node), f"{path}:{node.lineno} {node.name}", lines)


def _kind(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    if isinstance(node, ast.ClassDef):
        return "class"
    return "test" if node.name.startswith("test_") else "function"


def main() -> int:
    """Print how the aims are kept, and each size that is refused."""
    found = list(sizes())
    for kind, rule in RULES.items():
        lines = sorted(size.lines for size in found if size.kind == kind)
        if lines:
            above = sum(one > rule.aim for one in lines)
            spread = f"{len(lines)}, median {lines[len(lines) // 2]}, largest {lines[-1]}"
            print(f"       {kind}: {spread}, {above} above the aim of {rule.aim}")
    too_large = [size for size in found if refused(size)]
    for size in too_large:
        print(f"       {size.place}: {size.lines} lines, the limit is {RULES[size.kind].limit}")
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())

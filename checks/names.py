"""Names that say nothing are refused, and so is code in an app's front page."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services"}
SAY_NOTHING |= {"handler", "handlers", "data", "info", "process", "base"}
GIVEN = {
    Path("camaug/catalogue/definition/process.py"),  # the internal process of a procedure (quy trình nội bộ)
    Path("camaug/kernel/postgresql/base.py"),  # Django looks for an engine under this name
}


def complaints() -> Iterator[str]:
    """One sentence for each file that breaks a rule."""
    for path in sorted(set(Path("camaug").rglob("*.py")) - GIVEN):
        if path.stem in SAY_NOTHING or path.parent.name in SAY_NOTHING:
            yield f"{path}: the name says nothing about what is inside"
        if path.name == "signals.py":
            yield f"{path}: there are no signals here; use an event and a subscriber"
    for path in sorted(Path("camaug").glob("*/__init__.py")):
        if any(not _is_docstring(node) for node in ast.parse(path.read_text()).body):
            yield f"{path}: an app's front page holds its docstring only"
    for app in sorted(Path("camaug").iterdir()):
        if app.is_dir() and app.name != "__pycache__" and not (app / "__init__.py").is_file():
            yield f"{app}: the app has no front page (__init__.py with 5 to 15 lines on what it does)"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


if __name__ == "__main__":
    found = list(complaints())
    print("\n".join(found) or "every name says something")
    sys.exit(1 if found else 0)

"""Draws docs/lifecycle.md from the table of a case's states and moves: `python -m checks.lifecycle`."""

import os
from pathlib import Path

import django

PAGE = Path("docs/lifecycle.md")
HEAD = """# The life of a case

Every state of a case with its national code, and every move that leads from one to another. Drawn from the table in
`camaug/cases/lifecycle.py` by `python -m checks.lifecycle`; a test compares the two.
"""


def page() -> str:
    """The page as it should be: the drawing, then each move with who may make it."""
    from camaug.cases.lifecycle import LIFECYCLE, NATIONAL_CODES, State
    from camaug.cases.policy import PERMISSIONS

    states = [
        f"    {state}: {state} ({NATIONAL_CODES[state]})" if NATIONAL_CODES[state] else f"    {state}: {state}"
        for state in State
    ]
    arrows: dict[tuple[State, State], list[str]] = {}
    for move in LIFECYCLE.moves:
        for state in State:
            if state in move.sources and move.target is not None:
                arrows.setdefault((state, move.target), []).append(move.name)
    drawn = [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()]
    rows = [
        f"| `{move.name}` | {', '.join(s for s in State if s in move.sources)} | {move.target or 'the state stays'} "
        f"| {PERMISSIONS[move.needs].sentence} |"
        for move in LIFECYCLE.moves
    ]
    table = ["| Move | From | To | Who may |", "|---|---|---|---|", *rows]
    return "\n".join([HEAD, "```mermaid", "stateDiagram-v2", *states, *drawn, "```", "", *table, ""])


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.utils.translation import override

    with override("en"):
        PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

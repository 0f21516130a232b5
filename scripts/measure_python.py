"""CPU of some pure Python work by the Python that runs it, in milliseconds: `PYTHON scripts/measure_python.py`.

How fast a page is made depends on how its Python was built; two builds are compared by running each in turns.
"""

import ast
import dataclasses
import html.parser
import json
import sys
import time
from pathlib import Path

RUNS = 7
PAGE = "<div class='a'><a href='/x?y=1'>words &amp; more</a></div>" * 200


@dataclasses.dataclass(frozen=True)
class Row:
    """What is made, changed and sorted."""

    number: int
    name: str
    share: float


def work() -> None:
    """Text written and taken apart, small objects made, copied and sorted."""
    for _time in range(20):
        json.dumps([{f"k{number}": number, "s": "x" * 10, "n": None} for number in range(100)], indent=1)
    for _time in range(6):
        html.parser.HTMLParser().feed(PAGE)
    ast.unparse(ast.parse(Path(ast.__file__).read_text(encoding="utf-8")))
    rows = [Row(number, str(number), number / 2) for number in range(30_000)]
    rows[::10] = [dataclasses.replace(row, number=1) for row in rows[::10]]
    rows.sort(key=lambda row: (row.name, row.number))


def main() -> None:
    """The least of some runs, after one that counts for nothing."""
    work()
    spent = []
    for _run in range(RUNS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    print(f"{min(spent) * 1000:.0f} ms, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()

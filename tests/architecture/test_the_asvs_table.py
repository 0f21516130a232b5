"""Every requirement of OWASP ASVS 5.0, levels 1 and 2, stands in docs/asvs.md with its state and what shows it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
FOLDERS = {
    "ac": "tests/integration/access",
    "so": "tests/integration/signon",
    "gw": "tests/integration/gateway",
    "pe": "tests/integration/people",
    "ca": "tests/integration/cases",
    "in": "tests/integration",
    "ke": "tests/integration/kernel",
    "ru": "tests/integration/runtime",
    "un": "tests/unit",
    "ar": "tests/architecture",
    "br": "tests/browser",
}
NAMED = re.findall(r"`(\w\w)/([\w/]+\.py)::(\w+)`", TABLE)
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TABLE, re.MULTILINE)
SECTIONS = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "14.1": 2, "14.2": 4, "14.3": 3,
}  # fmt: skip
"""By section, how many requirements are of level 1 or 2: they are its first ones, those of level 3 come behind."""
STATES = {"held", "not applicable", "not yet"}


def test_no_requirement_of_levels_1_and_2_is_left_out_and_none_is_made_up() -> None:
    demanded = [f"{section}.{n}" for section, most in SECTIONS.items() for n in range(1, most + 1)]
    assert [number for number, *_rest in ROWS] == demanded


def test_every_row_has_a_state_and_says_what_shows_it() -> None:
    assert {state for _number, _asked, state, _shown in ROWS} <= STATES
    bare = [number for number, _asked, state, shown in ROWS if state == "held" and not _shows(shown)]
    assert bare == []


def test_every_test_that_the_table_names_exists() -> None:
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in {_path(*one[:2]) for one in NAMED}}
    missing = [f"{path}::{name}" for short, file, name in NAMED for path in [_path(short, file)]
               if f"def {name}(" not in sources[path]]  # fmt: skip
    assert missing == []
    assert len(NAMED) > 100


def test_every_document_that_the_table_names_exists() -> None:
    named = re.findall(r"docs/[\w./-]+\.(?:md|json)", TABLE)
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_every_name_of_a_test_is_read() -> None:
    assert len(NAMED) == TABLE.count("::test_")


def _path(short: str, file: str) -> str:
    return f"{FOLDERS[short]}/{file}"


def _shows(text: str) -> bool:
    return "::test_" in text or "docs/" in text or "above" in text

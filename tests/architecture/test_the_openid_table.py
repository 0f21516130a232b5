"""Every clause of docs/openid.md is shown by a test that exists, or says why it is not offered."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "openid.md").read_text(encoding="utf-8")
HERE = "tests/integration/signon"
FILES = {
    "a": f"{HERE}/test_authorization_requests.py",
    "e": f"{HERE}/test_entering_a_system.py",
    "p": f"{HERE}/test_prompts.py",
    "t": f"{HERE}/test_tokens.py",
    "o": f"{HERE}/test_signing_out.py",
    "k": f"{HERE}/test_keys.py",
    "c": f"{HERE}/test_at_once.py",
    "r": f"{HERE}/test_the_registry.py",
    "f": f"{HERE}/test_what_serves_outside_needs_two_factors.py",
    "own": f"{HERE}/test_asking_for_itself.py",
    "api": f"{HERE}/test_calling_the_api.py",
    "gw": "tests/integration/gateway/test_tokens.py",
    "s": "tests/unit/signon/test_steps.py",
    "u": "tests/unit/signon/test_addresses.py",
    "b": "tests/browser/test_one_sign_in_for_every_system.py",
}
NAMED = re.findall(r"`(\w+)::(\w+)`", TABLE)
SPECIFICATIONS = ("Core 1.0", "Discovery 1.0", "RP-Initiated Logout 1.0", "Back-Channel Logout 1.0", "RFC 7636", "7009")
WHY_NOT = ("not offered", "not needed", "not one", "of clients", "alone, and discovery says so")


def test_every_test_that_the_table_names_exists() -> None:
    sources = {short: (ROOT / path).read_text(encoding="utf-8") for short, path in FILES.items()}
    assert [f"{short}::{name}" for short, name in NAMED if f"def {name}(" not in sources.get(short, "")] == []


def test_no_name_escapes_the_check() -> None:
    assert len(NAMED) == TABLE.count("::")
    assert FILES.keys() == {short for short, _name in NAMED}


def test_every_short_name_is_told() -> None:
    told = dict(re.findall(r"`(\w+)` = ([\w./]+\.py)", TABLE))
    assert {short: Path(path).name for short, path in told.items()} == {
        short: Path(path).name for short, path in FILES.items()
    }


def test_every_row_has_a_test_or_a_reason() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| clause")]
    assert len(rows) > 60
    assert [row for row in rows if "::test_" not in row and not any(why in row for why in WHY_NOT)] == []


def test_no_specification_is_left_out() -> None:
    assert [name for name in SPECIFICATIONS if name not in TABLE] == []


def test_every_test_of_the_folder_stands_in_the_table_or_tells_of_our_own_pages() -> None:
    told = {name for _short, name in NAMED}
    protocol = [FILES[short] for short in ("a", "e", "t", "o", "c", "own")]
    written = {name for path in protocol for name in re.findall(r"def (test_\w+)", (ROOT / path).read_text())}
    assert written - told == OF_OUR_OWN


OF_OUR_OWN = {
    "test_tokens_that_have_ended_are_thrown_away",
    "test_a_sign_out_that_a_system_asked_for_clears_what_scripts_have_laid_up",
    "test_a_system_of_the_province_may_not_choose_its_port",
    "test_who_may_not_enter_is_refused",
    "test_what_ended_long_ago_is_thrown_away",
}

import hashlib
from pathlib import Path

import pytest
from django.conf import settings as configured
from hypothesis import given, strategies
from pytest_django import Settings

from camaug.access.breached import is_breached


def digest(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


@pytest.fixture
def stolen(tmp_path: Path, settings: Settings) -> Path:
    settings.BREACHED_PASSWORDS = str(tmp_path / "stolen")
    return tmp_path / "stolen"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("count", [lambda n: "", lambda n: f":{n}", lambda n: f":{10 ** (n % 9)}"])
@pytest.mark.parametrize("size", [0, 1, 2, 3, 500])
def test_each_is_found_and_no_other(stolen: Path, size: int, count: object, ending: str) -> None:
    rows = sorted(digest(f"pw{n}") for n in range(size))
    stolen.write_bytes("".join(f"{row}{count(n)}{ending}" for n, row in enumerate(rows)).encode())  # type: ignore[operator]
    assert all(is_breached(f"pw{n}") for n in range(size))
    assert not any(is_breached(f"other{n}") for n in range(200))


@given(strategies.sets(strategies.text(max_size=8), max_size=40), strategies.text(max_size=8))
def test_it_agrees_with_a_set(tmp_path_factory: pytest.TempPathFactory, known: set[str], asked: str) -> None:
    path = tmp_path_factory.mktemp("stolen") / "list"
    path.write_text("".join(f"{row}\n" for row in sorted(map(digest, known))))
    before, configured.BREACHED_PASSWORDS = configured.BREACHED_PASSWORDS, str(path)
    try:
        assert is_breached(asked) == (asked in known)
    finally:
        configured.BREACHED_PASSWORDS = before


@pytest.mark.parametrize("password", ["matkhau123", "Camau@2026", "12345678", "Vietnam2025", "quantri@123"])
def test_our_own_list_holds_what_is_tried_first(password: str) -> None:
    assert is_breached(password)


COMMON = [
    "123456789987654321",
    "1qaz2wsx3edc4rfv",
    "qwerty123456789",
    "iseedeadpeople",
    "4815162342lost",
    "rollingthunder",
    "missionimpossible",
    "deanwinchester",
    "QAZWSXEDCRFVTGB",
    "spongebob",
    "titleist",
    "maserati",
]


@pytest.mark.parametrize("password", COMMON)
def test_it_holds_the_commonest_anywhere_that_are_long_enough_to_be_chosen(password: str) -> None:
    assert is_breached(password)


def test_it_is_sorted_and_holds_three_thousand_of_each_length() -> None:
    rows = Path(configured.BREACHED_PASSWORDS).read_text().splitlines()
    assert rows == sorted(set(rows))
    assert len(rows) > 2 * 3000

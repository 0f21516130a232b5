"""Each direct dependency has its reason and its lock; locks carry hashes and name no registry."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WANTED = sorted((ROOT / "requirements").glob("*.in"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM_LOCKS = [ROOT / "package-lock.json", ROOT / "scripts" / "pages" / "package-lock.json"]


def direct(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line and not line.startswith("-c ")]


@pytest.mark.parametrize("path", WANTED, ids=lambda path: path.name)
def test_each_dependency_says_why_it_is_there(path: Path) -> None:
    assert [line for line in direct(path) if not re.search(r"  # \w.+", line)] == []


@pytest.mark.parametrize("path", WANTED, ids=lambda path: path.name)
def test_each_dependency_is_locked(path: Path) -> None:
    lock = path.with_suffix(".txt").read_text()
    for line in direct(path):
        name = re.split(r"[\[~=<>! ]", line)[0].lower().replace(".", "-")
        assert re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE), f"make lock: {name}"


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_each_locked_package_has_hashes(path: Path) -> None:
    packages = re.split(r"^(?=[a-z0-9])", path.read_text(), flags=re.MULTILINE)[1:]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


@pytest.mark.parametrize("path", [*LOCKS, *NPM_LOCKS], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_names_no_registry(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"^--|index-url|find-links|\"resolved\"", text, re.MULTILINE)
    assert not [url for url in re.findall(r"https?://[^\s\"]+", text) if "registry" in url or "pypi" in url]


@pytest.mark.parametrize("path", NPM_LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_npm_packages_have_hashes(path: Path) -> None:
    packages = json.loads(path.read_text())["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)


@pytest.mark.parametrize("name", ["debian.txt", "debian-test.txt"])
def test_each_debian_package_says_why_it_is_there(name: str) -> None:
    lines = (ROOT / "packages" / name).read_text().splitlines()[1:]
    assert all(re.fullmatch(r"[a-z0-9.+-]+ +# \w.+", line) for line in lines), lines

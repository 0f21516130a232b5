"""The files for a real installation name what there is: settings, commands, folders."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
GUIDE = (ROOT / "docs/howto/run-in-production.md").read_text()
SETTING = re.compile(r"\b([A-Z][A-Z_]{3,})=")


def known_settings() -> set[str]:
    return set(re.findall(r"\b[A-Z][A-Z_]{3,}\b", (ROOT / "config/settings.py").read_text()))


def commands() -> set[str]:
    command = [sys.executable, "-m", "camaug.runtime", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return set(re.findall(r"^  ([a-z]+)\s", said, re.MULTILINE))


def composed() -> dict[str, dict[str, object]]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_there_is(unit: Path) -> None:
    line = re.search(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)
    assert line
    program, command, *_more = shlex.split(line[1])
    assert program == "/srv/camaug/.venv/bin/camaug"
    assert command in commands()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_gives_settings_that_are_read(unit: Path) -> None:
    given = {
        name for line in re.findall(r"^Environment=(.+)$", unit.read_text(), re.M) for name in SETTING.findall(line)
    }
    assert given
    assert given <= known_settings()


def test_the_guide_names_settings_that_are_read() -> None:
    named = set(SETTING.findall(GUIDE))
    assert {"CAMAUG_MODE", "ALLOWED_HOSTS", "TRUSTED_ORIGINS"} <= named
    assert named - {"PASSWORD", "ADDRESS"} <= known_settings()


def test_the_guide_copies_files_that_there_are() -> None:
    for name in re.findall(r"/srv/camaug/(deploy/[\w.*-]+)", GUIDE):
        assert list(ROOT.glob(name)), name


def test_web_worker_and_database_are_composed() -> None:
    services = composed()
    assert set(services) == {"web", "worker", "database"}
    for name in ("web", "worker"):
        environment = services[name]["environment"]
        assert isinstance(environment, dict)
        assert set(environment) <= known_settings()
    assert services["worker"]["command"] == ["camaug", "worker"]


def test_the_image_starts_a_command_that_there_is() -> None:
    line = re.search(r"^CMD (\[.+\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert line
    program, command, *_more = yaml.safe_load(line[1])
    assert (program, command in commands()) == ("camaug", True)

"""The files for a real installation name what there is: settings, commands, folders."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from camaug.runtime.cli import app
from tests.deployment import DEPLOY, GUIDE, ROOT, UNITS, Machine, as_systemd_reads, blocks, section, values

SETTING = re.compile(r"\b([A-Z][A-Z_]{3,})=")
IN_A_BOX = 20
"""The most that systemd-analyze may hold against a unit: a tenth of it is below 2.0, of 10."""


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


def test_no_secret_and_no_backup_goes_into_the_image() -> None:
    assert {"secrets", "backups"} <= set((ROOT / ".dockerignore").read_text().split())


def test_each_secret_that_is_named_is_handed_out_and_made_by_the_guide() -> None:
    whole = yaml.safe_load((ROOT / "compose.yaml").read_text())
    made = section("With a container engine")
    for name in ("web", "worker"):
        given = {f"/run/secrets/{secret}" for secret in whole["services"][name]["secrets"]}
        named = {value for value in whole["services"][name]["environment"].values() if value.startswith("/run/")}
        assert named == given
    assert [one["file"] for one in whole["secrets"].values() if Path(one["file"]).name not in made] == []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path, "postgresql://127.0.0.1/camaug", {"80": 80, "443": 443, "8000": 8000})
    made.prepare()
    return made


def test_systemd_finds_nothing_wrong_with_the_units_and_little_that_they_could_do_without(machine: Machine) -> None:
    shown = [machine.folder / "srv/camaug/deploy" / path.name for path in DEPLOY.glob("camaug-*.*")]
    said = analyze("verify", "--man=no", "--recursive-errors=no", *map(str, shown))
    assert (said.returncode, said.stderr) == (0, "")
    for unit in (path for path in shown if path.suffix == ".service"):
        said = analyze("security", "--offline=yes", f"--threshold={IN_A_BOX}", str(unit))
        assert said.returncode == 0, said.stdout


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_the_backup_is_made_at_night_in_vietnam() -> None:
    (when,) = values((DEPLOY / "camaug-backup.timer").read_text(), "OnCalendar")
    said = analyze("calendar", "--base-time=2026-11-26 00:00:00 UTC", when).stdout
    assert "19:30:00 UTC" in said


def test_shell_and_systemd_read_the_same_settings(machine: Machine) -> None:
    (commands,) = blocks(section("Settings and secrets"))
    settings = machine.here(re.findall(r"<<'END'\n(.*?)^END$", commands, re.M | re.S)[0])
    (machine.folder / "settings").write_text(settings)
    shown = machine.follow(f"set -a; . {machine.folder}/settings; env -0").stdout
    by_shell = dict(line.split("=", 1) for line in shown.split("\0") if line)
    read = as_systemd_reads(settings)
    assert len(read) > 5
    assert {name: by_shell.get(name) for name in read} == read


def test_what_units_nginx_and_command_read_is_made_by_the_guide() -> None:
    files = [*UNITS, DEPLOY / "nginx.conf", DEPLOY / "camaug"]
    read = {path for file in files for path in re.findall(r"(?<![\w])/etc/camaug/[\w./-]+", file.read_text())}
    assert len(read) >= 7
    assert {path for path in read if path not in GUIDE} == set()


def camaugs_words() -> Iterator[list[str]]:
    """What the guide has typed after `camaug`, in blocks and within sentences."""
    typed = [line for block in blocks(GUIDE) for line in block.splitlines()]
    for line in [*typed, *re.findall(r"`(camaug [a-z][^`]*)`", GUIDE)]:
        if found := re.search(r"(?:^|camaug |web |worker )camaug ([a-z][^#]*)", line):
            yield shlex.split(found[1])


def test_each_command_in_the_guide_is_one_with_these_options() -> None:
    typed = list(camaugs_words())
    assert len(typed) > 8
    for words in typed:
        command: Any = typer.main.get_command(app)
        while commands_below := getattr(command, "commands", None):
            assert words, "a group of commands alone"
            assert words[0] in commands_below, words
            command = commands_below[words.pop(0)]
        options = {name for one in command.params for name in one.opts if name.startswith("--")}
        assert {word for word in words if word.startswith("--")} <= options, words


def test_what_the_guide_runs_from_the_clone_is_there() -> None:
    named = set(re.findall(r"/srv/camaug/([\w./*-]+)", "".join(blocks(GUIDE))))
    assert named
    for name in named:
        assert list(ROOT.glob(name)), name

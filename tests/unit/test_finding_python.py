"""`scripts/find-python`, run in environments made for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "find-python"
REAL = os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def find(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", SCRIPT], env=environment, capture_output=True, text=True, check=False)


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_where_there_is_none_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    answer = find(PATH="", HOME=str(tmp_path))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.startswith("CaMau-G needs Python 3.12 or later")
    assert "install" in answer.stderr


def test_a_python_on_the_path_is_given_by_its_real_path(tmp_path: Path) -> None:
    program(tmp_path / "python3.13", f'exec {REAL} "$@"')
    assert find(PATH=str(tmp_path)).stdout.strip() == REAL


def test_a_name_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    (tmp_path / "pyenv" / "versions" / "3.13.0" / "bin").mkdir(parents=True)
    (tmp_path / "pyenv" / "versions" / "3.13.0" / "bin" / "python3.13").symlink_to(REAL)
    assert find(PATH=str(tmp_path / "bin"), PYENV_ROOT=str(tmp_path / "pyenv")).stdout.strip() == REAL


def test_an_older_python_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "python3", "exit 1")
    assert find(PATH=str(tmp_path), HOME=str(tmp_path)).returncode == 1


@pytest.mark.parametrize("root", ["PYENV_ROOT", "HOME"])
def test_pyenvs_version_folders_are_looked_into(tmp_path: Path, root: str) -> None:
    folder = tmp_path if root == "PYENV_ROOT" else tmp_path / ".pyenv"
    (folder / "versions" / "3.12.9" / "bin").mkdir(parents=True)
    (folder / "versions" / "3.12.9" / "bin" / "python3.12").symlink_to(REAL)
    assert find(PATH="", **{root: str(tmp_path)}).stdout.strip() == REAL


def test_uv_is_asked_last(tmp_path: Path) -> None:
    program(tmp_path / "uv", f'[ "$2" = find ] && echo {REAL}; exit 0')
    assert find(PATH=str(tmp_path), HOME=str(tmp_path)).stdout.strip() == REAL

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from camaug.kernel.secret_files import SECRETS, make, take_in


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_taken_from_its_file_without_the_line_end(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("open sesame\n")
    env = {f"{name}_FILE": str(tmp_path / "secret")}
    take_in(env)
    assert env[name] == "open sesame"


def test_a_file_that_is_not_there_is_told_without_its_content(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE names a file that cannot be read"):
        take_in({"SECRET_KEY_FILE": str(tmp_path / "nothing")})


def test_two_different_secrets_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("one")
    with pytest.raises(ImproperlyConfigured, match="both given"):
        take_in({"SECRET_KEY": "other", "SECRET_KEY_FILE": str(tmp_path / "secret")})


def test_taking_in_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("one")
    env = {"SECRET_KEY_FILE": str(tmp_path / "secret")}
    take_in(env)
    take_in(env)
    assert env["SECRET_KEY"] == "one"


def test_a_new_secret_is_its_owners_alone_and_written_over_none(tmp_path: Path) -> None:
    make(tmp_path / "kept" / "secret", "first")
    with pytest.raises(FileExistsError):
        make(tmp_path / "kept" / "secret", "second")
    (kept,) = (tmp_path / "kept").iterdir()
    assert kept.read_text() == "first"
    assert kept.stat().st_mode & 0o777 == 0o600

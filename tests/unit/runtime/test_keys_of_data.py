"""Who makes the keys of data where there are none."""

from pathlib import Path

import pytest

from camaug.runtime.instance import keep_data_keys


@pytest.mark.parametrize(
    ("secret", "starting", "made"),
    [("", True, True), ("", False, True), ("k" * 50, True, True), ("k" * 50, False, False)],
    ids=["a demo starts", "a command of a demo", "a real site starts", "a command beside a real site"],
)
def test_a_command_beside_a_real_site_makes_no_stray_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, starting: bool, made: bool
) -> None:
    monkeypatch.delenv("DATA_KEYS_FILE", raising=False)
    monkeypatch.setenv("SECRET_KEY", secret)
    keep_data_keys(tmp_path, starting=starting)
    assert (tmp_path / "data-keys").exists() == made

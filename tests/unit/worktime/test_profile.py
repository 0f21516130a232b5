"""The shape of `worktime.yaml`."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from camaug.worktime.profile import read_profile

FOLDER = Path(__file__).parents[3] / "profiles" / "ca-mau"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = (FOLDER / "worktime.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "worktime.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_every_row_that_is_not_certain_says_so():
    profile = read_profile(FOLDER)
    assert all(row.verify for row in profile.open_questions)
    assert all(row.verify for row in profile.stop_grounds if row.confidence == "L")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("source: ND_61", "source: HEARSAY"),
        ("effect: RESTART", "effect: PAUSE"),
        ("confidence: H}", "confidence: SURE}"),
        ("day: 2022-01-03", "day: tomorrow"),
        ('"13:00-17:00"', '"13:00"'),
        ("weekdays: [MONDAY,", "weekdays: [MOONDAY,"),
        ("    verify: true", "    verfy: true"),
    ],
    ids=["source not listed", "effect", "confidence", "date", "period", "weekday", "unknown key"],
)
def test_a_slip_in_the_file_is_refused(tmp_path, old, new):
    with pytest.raises(ValidationError):
        read_profile(changed(tmp_path, old, new))

"""Databases to measure on are not begun where the disk cannot hold them."""

import pytest

from camaug.runtime.bench import desk
from camaug.runtime.bench.commands import run_all
from camaug.runtime.bench.dataset import NoRoom, dataset

MORE_THAN_ANY_DISK = 10**12


@pytest.mark.django_db
def test_a_database_that_the_disk_cannot_hold_is_refused_by_a_sentence() -> None:
    said = r"needs 16000001 GB .* and \d+ GB are free\. Choose a smaller --size"
    with pytest.raises(NoRoom, match=said), dataset(MORE_THAN_ANY_DISK, copy=False):
        raise AssertionError("made")


@pytest.mark.django_db
def test_among_all_benches_it_says_so_in_its_line_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one to compare with is made first: here of fewer cases than are measured."""
    monkeypatch.setattr(desk, "SMALL", 1_000)
    assert not run_all(["search", "case"], MORE_THAN_ANY_DISK)
    said = capsys.readouterr()
    assert [line.count('"failed": "NoRoom: A database of') for line in said.out.splitlines()] == [1, 1]
    assert "Traceback" not in said.err

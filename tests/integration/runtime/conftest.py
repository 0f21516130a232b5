"""An installation at work, and an empty one into which it can be brought back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups import empty_database
from tests.world import World, build


@pytest.fixture
def committed() -> World:
    return build()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An empty installation: folder and database."""
    with empty_database() as name:
        yield tmp_path / "elsewhere", name

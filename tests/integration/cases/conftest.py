import pytest

from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    """The small province with its cast."""
    return build()

"""The small province is built once a module, in a transaction that is never committed; each test runs in a savepoint."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.world import World, build


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever stands in the province needs the test database, never another."""
    for item in items:
        if "world" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The small province for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(province: World, db: None) -> World:
    """The small province with its cast; what a test does to it is undone."""
    return province


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`clock(at)`: from here on pages, too, are asked for at that instant, whatever day the test is run."""

    def stand(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    return stand

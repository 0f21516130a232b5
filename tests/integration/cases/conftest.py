"""The small province is built once a module, in a transaction that is never committed; each test runs in a savepoint."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.world import World, build


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The small province for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(province: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The small province with its cast; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield province
        transaction.set_rollback(True)

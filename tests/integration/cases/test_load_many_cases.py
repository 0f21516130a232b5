"""A great load: without indexes and references while it copies, with all of them at the end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from camaug.cases.models import Case, Volume
from camaug.cases.volume import checking
from camaug.cases.volume.loading import load_cases
from camaug.kernel.models import EventRecord
from tests.world import AT, World

NUMBER = 120
_CASTS = re.compile(r"::character varying|::text|\[\]|[()]")


class Killed(Exception):
    """The load ends here."""


@contextmanager
def silent(_title: str) -> Iterator[Callable[[int, int], None]]:
    yield lambda _done, _total: None


def load(step: Callable[..., object] = silent) -> int:
    return load_cases(NUMBER, seed=7, profile=settings.PROFILE, at=AT, step=step, great=NUMBER)


def rules() -> list[tuple[str, str]]:
    """Every index and constraint by its definition, without the casts that PostgreSQL writes as it likes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
               UNION ALL SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint"""
        )
        return sorted((name, _CASTS.sub("", told)) for name, told in cursor.fetchall())


def test_a_great_load_is_legal_and_leaves_every_rule_in_force(world: World) -> None:
    before, told = rules(), list(EventRecord.objects.order_by("id").values())
    assert load() == NUMBER
    assert rules() == before
    assert checking.replay(list(Case.objects.values_list("id", flat=True))) == {}
    assert checking.counters() == []
    assert list(EventRecord.objects.filter(pk__in=[row["id"] for row in told]).order_by("id").values()) == told


def test_a_great_load_that_is_killed_leaves_nothing_and_begins_anew(world: World) -> None:
    @contextmanager
    def killing(title: str) -> Iterator[Callable[[int, int], None]]:
        def tell(_done: int, _total: int) -> None:
            if title == "Making indexes":
                raise Killed

        yield tell

    before = rules()
    with pytest.raises(Killed):
        load(killing)
    assert (rules(), Case.objects.count(), Volume.objects.get(seed=7).done) == (before, 0, 0)
    assert load() == NUMBER
    assert rules() == before

"""A great load: without indexes and references while it copies, with all of them at the end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

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


@pytest.mark.parametrize("table", ["cases_case", "cases_paper", "cases_slip"])
def test_ids_grow_in_the_order_in_which_they_lie(world: World, table: str) -> None:
    load()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY ctid")
        ids = [one for (one,) in cursor.fetchall()]
    assert len(ids) >= NUMBER
    assert ids == sorted(ids)


@pytest.mark.parametrize("last", ["Copying cases", "Making indexes"])
def test_a_great_load_that_is_killed_leaves_nothing_and_begins_anew(world: World, last: str) -> None:
    @contextmanager
    def killing(title: str) -> Iterator[Callable[[int, int], None]]:
        def tell(done: int, _total: int) -> None:
            if title == last and done:
                raise Killed

        yield tell

    before = rules()
    with pytest.raises(Killed):
        load(killing)
    assert (rules(), Case.objects.count(), Volume.objects.get(seed=7).done) == (before, 0, 0)
    assert load() == NUMBER
    assert rules() == before


def test_a_great_load_whose_rows_refer_to_nothing_is_refused_whole(world: World) -> None:
    @contextmanager
    def losing(title: str) -> Iterator[Callable[[int, int], None]]:
        def tell(_done: int, _total: int) -> None:
            if title == "Copying cases":
                Case.objects.filter(pk=Case.objects.values("pk")[:1]).update(signed_by_id=uuid4())

        yield tell

    before = rules()
    with pytest.raises(IntegrityError, match=r"cases_case: cases_case_signed_by_id_\w+"):
        load(losing)
    assert (rules(), Case.objects.count()) == (before, 0)
    assert load() == NUMBER


def test_references_are_asked_again_after_a_great_load(world: World) -> None:
    load()
    with pytest.raises(IntegrityError), transaction.atomic():  # at once: the load's own transaction has not ended
        Case.objects.filter(pk=Case.objects.values("pk")[:1]).update(signed_by_id=uuid4())

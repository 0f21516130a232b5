"""Which cases a page of the API's lists has: the statement kept for a shape finds what the ORM finds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from camaug.cases.models import Case
from camaug.cases.queries.inbox import HELD, Filters
from camaug.cases.queries.places import Listed, compiled_now, found_by
from camaug.kernel.actors import Actor
from camaug.kernel.paging import Place
from camaug.kernel.prepared import asked
from tests.applications import carry, send_birth
from tests.world import AT, World

LATER = AT + timedelta(days=90)


@pytest.fixture
def cases(world: World) -> list[Case]:
    """One to receive, one under way, one to hand out."""
    found = [send_birth(world) for _ in range(3)]
    carry(world, found[1], to="EXAMINE")
    carry(world, found[2], to="RETURN")
    return list(Case.objects.filter(pk__in=[one.pk for one in found]).order_by("id"))


def listed_by(cases: list[Case]) -> Iterator[Listed]:
    one = cases[0]
    filters = (
        Filters(),
        Filters(procedure=one.procedure.code, channel=one.channel),
        Filters(mine=True),
        Filters(agency=one.receiving_agency_id),
        Filters(channel="COUNTER"),
    )
    places = (None, Place(one.urgent_at, one.id), Place(AT - timedelta(days=900), UUID(int=0)))
    for tab, chosen, states, after in product((*HELD, "waiting", "done", ""), filters, ((), ("SUBMITTED",)), places):
        yield Listed(tab, chosen, states, after, 2)


def rows_of(listed: Listed, actor: Actor, *, kept: bool) -> list[tuple[Any, ...]]:
    found = found_by(listed, actor, at=LATER) if kept else compiled_now(listed, actor, LATER)
    return [] if found is None else asked(found.statement, found.values)


def test_the_kept_statement_finds_what_the_orm_finds(world: World, cases: list[Case]) -> None:
    seen = set()
    for key, listed in product(("clerk", "specialist", "chairman", "administrator"), listed_by(cases)):
        actor = world.officer(key)
        rows = rows_of(listed, actor, kept=True)
        assert rows == rows_of(listed, actor, kept=False), (key, listed)
        seen |= {(listed.of, key) for _ in rows}
    assert {("receive", "clerk"), ("return", "clerk"), ("todo", "specialist")} <= seen


def test_a_post_without_roles_holds_nothing_and_hinders_nothing(world: World, cases: list[Case]) -> None:
    clerk = world.officer("clerk")
    bare = replace(clerk.posts[0], id=uuid4(), roles=frozenset())
    for posts, finds in (((bare,), False), ((bare, *clerk.posts), True)):
        actor = replace(clerk, posts=posts)
        rows = {listed: rows_of(listed, actor, kept=True) for listed in listed_by(cases)}
        assert rows == {listed: rows_of(listed, actor, kept=False) for listed in rows}
        assert any(rows[listed] for listed in rows if listed.of == "receive") == finds


def test_several_posts_and_everything_of_ones_own_keep_their_places(world: World, cases: list[Case]) -> None:
    clerk, specialist = world.officer("clerk"), world.officer("specialist")
    of_both = replace(clerk, posts=(*clerk.posts, *specialist.posts))
    one = cases[0]
    own = ({one.applicant_number}, {str(one.applicant_id)}, {"1", str(UUID(int=1)), one.applicant_number, "0"})
    for mine, listed in product(own, listed_by(cases)):
        actor = replace(of_both, own=frozenset(mine))
        rows = rows_of(listed, actor, kept=True)
        assert rows == rows_of(listed, actor, kept=False), (mine, listed)
        if listed.of == "receive":
            assert one.id not in {case for case, _at in rows}

"""Which cases stand on a page of a list: the statement that finds them, and its values.

What the actor holds is asked for all day. Its query is written as any other and compiled once for all actors and
filters of one shape, with stand-ins in the place of the values; states stand in it as they are, so that PostgreSQL
finds the index of open cases without knowing the values.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from camaug.cases.lifecycle import State
from camaug.cases.queries.inbox import HELD, Filters, tab_cases
from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.paging import Place

_GAP = re.compile("%s|%%")
_STATES = frozenset(State)
_ID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: `of` is the tab, "" for all that the actor sees; `limit` as many cases as it shows."""

    of: str
    filters: Filters
    states: tuple[str, ...]
    after: Place | None
    limit: int


@dataclass(frozen=True, slots=True)
class Found:
    """The statement gives (id, instant) of one case more than the page shows, in the order of `key`."""

    statement: str
    values: Sequence[Any]
    key: str
    way: str


def found_by(listed: Listed, actor: Actor, *, at: datetime) -> Found | None:
    """None where nothing can be found."""
    if listed.of not in HELD or listed.filters.words or not _holds_by_each_post(actor):
        return compiled_now(listed, actor, at)
    shape = _shape(listed, actor)
    plan = _plan(shape)
    return Found(plan.statement, plan.given(_values(listed, actor, at)), plan.key, plan.way)


def _holds_by_each_post(actor: Actor) -> bool:
    """A post without roles holds nothing, and its values are in no statement."""
    return bool(actor.posts) and all(post.roles for post in actor.posts)


def compiled_now(listed: Listed, actor: Actor, at: datetime) -> Found | None:
    """As the ORM says it: the reference for the statement that is kept."""
    cases, key, down = tab_cases(actor, listed.of, at=at, filters=listed.filters)
    if listed.states:
        cases = cases.filter(state__in=list(listed.states))
    if listed.after is not None:
        word, place = "lt" if down else "gt", listed.after
        cases = cases.filter(Q(**{f"{key}__{word}": place.at}) | Q(**{key: place.at, f"id__{word}": place.id}))
    ordered = cases.order_by(*((f"-{key}", "-id") if down else (key, "id")))
    try:
        statement, values = ordered.values_list("pk", key)[: listed.limit + 1].query.sql_with_params()
    except EmptyResultSet:
        return None
    return Found(statement, values, key, "DESC" if down else "ASC")


@dataclass(frozen=True, slots=True)
class _Shape:
    """All that the statement depends on but its values."""

    of: str
    roles: tuple[frozenset[str], ...]
    own: tuple[bool, ...]
    procedure: bool
    channel: bool
    agency: bool
    mine: bool
    states: tuple[str, ...]
    after: bool
    limit: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """`gaps`: for each place of the statement the number of the value, or the constant that stands there."""

    statement: str
    gaps: tuple[tuple[int | None, Any], ...]
    key: str
    way: str

    def given(self, values: Sequence[Any]) -> list[Any]:
        return [constant if number is None else values[number] for number, constant in self.gaps]


def _shape(listed: Listed, actor: Actor) -> _Shape:
    filters = listed.filters
    return _Shape(
        of=listed.of,
        roles=tuple(post.roles for post in actor.posts),
        own=tuple(_is_id(one) for one in _own(actor)),
        procedure=bool(filters.procedure),
        channel=bool(filters.channel),
        agency=filters.agency is not None,
        mine=filters.mine,
        states=listed.states,
        after=listed.after is not None,
        limit=listed.limit,
    )


def _values(listed: Listed, actor: Actor, at: datetime) -> list[Any]:
    """What varies from one asking to the next within a shape, in one order; an own id as a text and as an id."""
    filters, after = listed.filters, listed.after
    posts = [value for post in actor.posts for value in (post.id, post.unit_id)]
    own = _own(actor)
    ids = [UUID(one) for one in own if _is_id(one)]
    place = [after.at, after.id] if after else [None, None]
    return [*posts, *own, *ids, filters.procedure, filters.channel, filters.agency, *place, at]


@lru_cache(maxsize=200)
def _plan(shape: _Shape) -> _Plan:
    """The ORM's statement for somebody of that shape, whose every value occurs nowhere else."""
    actor = Actor(
        kind=ActorKind.STAFF,
        posts=tuple(Post(id=uuid4(), unit_id=uuid4(), title="", roles=roles) for roles in shape.roles),
        own=frozenset(str(uuid4()) if is_id else uuid4().hex for is_id in shape.own),
    )
    filters = Filters(
        procedure=uuid4().hex if shape.procedure else "",
        channel=uuid4().hex if shape.channel else "",
        mine=shape.mine,
        agency=uuid4() if shape.agency else None,
    )
    after = Place(_some_instant(), uuid4()) if shape.after else None
    listed, at = Listed(shape.of, filters, shape.states, after, shape.limit), _some_instant()
    found = compiled_now(listed, actor, at)
    if found is None:
        raise RuntimeError(f"nothing can be found in {shape}")
    numbers = {value: number for number, value in enumerate(_values(listed, actor, at)) if value not in ("", None)}
    left = numbers.keys() - set(found.values) - ({at} if shape.of != "overdue" else set())
    if left or not all(isinstance(one, str | UUID | datetime) for one in found.values):
        raise RuntimeError(f"a value does not reach the statement as it was given: {shape}")
    return _with_states(found, numbers)


def _with_states(found: Found, numbers: dict[Any, int]) -> _Plan:
    gaps: list[tuple[int | None, Any]] = []
    values = iter(found.values)

    def place(gap: re.Match[str]) -> str:
        if gap[0] == "%%":
            return gap[0]
        value = next(values)
        if value in _STATES:
            return f"'{State(value)}'"
        gaps.append((numbers.get(value), value))
        return "%s"

    return _Plan(_GAP.sub(place, found.statement), tuple(gaps), found.key, found.way)


def _own(actor: Actor) -> list[str]:
    """Numbers before ids, so that actors of one shape have theirs in the same places."""
    return sorted(actor.own, key=lambda one: (_is_id(one), one))


def _is_id(one: str) -> bool:
    return len(one) == _ID_LENGTH


def _some_instant() -> datetime:
    return datetime.fromtimestamp(uuid4().int % 4_000_000_000, UTC)

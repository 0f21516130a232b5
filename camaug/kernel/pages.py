"""Who a page is for. Every URL is closed unless its view says so with `@public`, `@members` or `@staff`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import overload

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from camaug.kernel.actors import Actor, ActorKind

type Page[**P] = Callable[P, HttpResponseBase]


class Request(HttpRequest):
    """A request as pages get it: with who acts and when. The clock is not read again inside."""

    actor: Actor
    at: datetime


class Audience(StrEnum):
    """Everybody; known members of the public; staff who hold a post."""

    PUBLIC = "PUBLIC"
    MEMBERS = "MEMBERS"
    STAFF = "STAFF"


@dataclass(frozen=True, slots=True)
class Door:
    """Whom a page lets in. `roles`: any of them, in any of the actor's posts; empty means any post."""

    audience: Audience
    roles: frozenset[str] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """Whether the actor may know of the page."""
        if self.audience == Audience.PUBLIC:
            return True
        if self.audience == Audience.MEMBERS:
            return actor.kind == ActorKind.PUBLIC and actor.person_id is not None
        held = frozenset[str]().union(*(post.roles for post in actor.posts))
        return actor.kind == ActorKind.STAFF and bool(actor.posts) and (not self.roles or bool(self.roles & held))


def door_of(view: object) -> Door | None:
    """The door that the view declares; None means closed to all."""
    door = getattr(view, "door", None)
    return door if isinstance(door, Door) else None


def public[**P](view: Page[P]) -> Page[P]:
    """View decorator: open to everybody."""
    return _with(Door(Audience.PUBLIC), view)


def members[**P](view: Page[P]) -> Page[P]:
    """View decorator: open to signed-in members of the public who have said who they are."""
    return _with(Door(Audience.MEMBERS), view)


@overload
def staff[**P](view: Page[P]) -> Page[P]: ...
@overload
def staff[**P](*, roles: Collection[str]) -> Callable[[Page[P]], Page[P]]: ...
def staff[**P](view: Page[P] | None = None, *, roles: Collection[str] = ()) -> Page[P] | Callable[[Page[P]], Page[P]]:
    """View decorator, `@staff` or `@staff(roles={"…"})`: open to staff with a post, or with one of the roles."""
    door = Door(Audience.STAFF, frozenset(roles))
    return _with(door, view) if view is not None else lambda page: _with(door, page)


def _with[**P](door: Door, view: Page[P]) -> Page[P]:
    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(*args, **kwargs)

    page.door = door  # type: ignore[attr-defined]
    return page

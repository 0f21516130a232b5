"""Who a page is for. Every URL is closed unless its view says so: `@public`, `@signed_in`, `@members` or `@staff`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import overload

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from camaug.kernel.actors import Actor, ActorKind

type Page[**P] = Callable[P, HttpResponseBase]


class Request(HttpRequest):
    """A request as pages get it: with who acts and when. The clock is not read again inside.

    `noted`: for what thing, as the address names it, the view has itself written down that it was shown.
    """

    actor: Actor
    at: datetime
    noted: str


BY_ITSELF = "X-By-Itself"
"""A header of requests that a page makes by itself, as a list that renews itself does: nobody need sit before it."""


def is_by_itself(request: HttpRequest) -> bool:
    """Whether a page asked for it, and not somebody who uses the page."""
    return BY_ITSELF in request.headers


class Audience(StrEnum):
    """Everybody; whoever has an account; known members of the public; staff who hold a post."""

    PUBLIC = "PUBLIC"
    SIGNED_IN = "SIGNED_IN"
    MEMBERS = "MEMBERS"
    STAFF = "STAFF"


@dataclass(frozen=True, slots=True)
class Door:
    """Whom a page lets in. `may`: codes of permissions, any of them granted to any post; empty means any post.

    `fresh`: for which requests somebody must have shown lately who he is.
    """

    audience: Audience
    may: frozenset[str] = frozenset()
    fresh: Callable[[Request], bool] = lambda _request: False

    def admits(self, actor: Actor) -> bool:
        """Whether the actor may know of the page."""
        if self.audience == Audience.PUBLIC:
            return True
        if self.audience == Audience.SIGNED_IN:
            return actor.account_id is not None and (actor.kind == ActorKind.PUBLIC or bool(actor.posts))
        if self.audience == Audience.MEMBERS:
            return actor.kind == ActorKind.PUBLIC and actor.person_id is not None
        return actor.kind == ActorKind.STAFF and bool(actor.posts) and (not self.may or actor.may(*self.may))


def door_of(view: object) -> Door | None:
    """The door that the view declares; None means closed to all."""
    door = getattr(view, "door", None)
    return door if isinstance(door, Door) else None


def public[**P](view: Page[P]) -> Page[P]:
    """View decorator: open to everybody."""
    return _with(Door(Audience.PUBLIC), view)


def for_programs[**P](view: Page[P]) -> Page[P]:
    """View decorator, the outermost: open to everybody and asked by programs, which bring no cookie.

    Where none came, a short chain of middleware leads to it: no session, no messages, no forms to guard.
    """
    page = public(view)
    page.for_programs = True  # type: ignore[attr-defined]
    return page


def is_for_programs(view: object) -> bool:
    """Whether the view declares it."""
    return bool(getattr(view, "for_programs", False))


def signed_in[**P](view: Page[P]) -> Page[P]:
    """View decorator: open to everybody who has an account: citizens, and staff with a post."""
    return _with(Door(Audience.SIGNED_IN), view)


def members[**P](view: Page[P]) -> Page[P]:
    """View decorator: open to signed-in members of the public who have said who they are."""
    return _with(Door(Audience.MEMBERS), view)


@overload
def staff[**P](view: Page[P]) -> Page[P]: ...
@overload
def staff[**P](*, may: Collection[str]) -> Callable[[Page[P]], Page[P]]: ...
def staff[**P](view: Page[P] | None = None, *, may: Collection[str] = ()) -> Page[P] | Callable[[Page[P]], Page[P]]:
    """View decorator, `@staff` or `@staff(may="…")`: open to staff with a post, or with one granted the permission, or
    one of several.
    """
    door = Door(Audience.STAFF, frozenset([may] if isinstance(may, str) else may))
    return _with(door, view) if view is not None else lambda page: _with(door, page)


def _is_sent(request: Request) -> bool:
    return request.method == "POST"


def fresh[**P](view: Page[P]) -> Page[P]:
    """View decorator, above the door's: what is sent here needs a recent proof of who sends it (a decision, rights)."""
    return fresh_when(_is_sent)(view)


def fresh_to_read[**P](view: Page[P]) -> Page[P]:
    """The same for a page that shows what nobody should see over an unguarded keyboard."""
    return fresh_when(lambda _request: True)(view)


def fresh_when[**P](weighty: Callable[[Request], bool]) -> Callable[[Page[P]], Page[P]]:
    """The same for those requests alone of which `weighty` holds."""
    return lambda view: _with(replace(_door(view), fresh=weighty), view)


def _door(view: object) -> Door:
    found = door_of(view)
    if found is None:
        raise TypeError("Say first whom the page is for: @fresh stands above @staff and the like.")
    return found


def _with[**P](door: Door, view: Page[P]) -> Page[P]:
    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(*args, **kwargs)

    page.door = door  # type: ignore[attr-defined]
    return page

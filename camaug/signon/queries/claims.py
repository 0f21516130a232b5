from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.access.queries import Reach, reach
from camaug.kernel.actors import Actor, Post
from camaug.kernel.clock import LOCAL
from camaug.people.queries import Directory, directory


def claims(account_id: UUID, actor: Actor, scopes: Collection[str], *, at: datetime) -> dict[str, Any]:
    """What a system with these scopes is told of the account at that instant; never of a post held before or later."""
    known = reach(account_id)
    found: dict[str, Any] = {"sub": str(account_id)}
    for scope, tell in _TOLD.items():
        if scope in scopes:
            found |= tell(actor, known, at)
    return found


def _profile(actor: Actor, known: Reach, _at: datetime) -> dict[str, Any]:
    return {"name": actor.name, "locale": known.language}


def _email(_actor: Actor, known: Reach, _at: datetime) -> dict[str, Any]:
    return {"email": known.email, "email_verified": True, "preferred_username": known.email} if known.email else {}


def _phone(_actor: Actor, known: Reach, _at: datetime) -> dict[str, Any]:
    return {"phone_number": known.phone, "phone_number_verified": True} if known.phone else {}


def _post(actor: Actor, _known: Reach, at: datetime) -> dict[str, Any]:
    there = directory(at.astimezone(LOCAL).date())
    posts = [_told(post, there) for post in actor.posts]
    if not posts:
        return {}
    leading = {name: posts[0][name] for name in ("agency", "agency_code", "position", "roles")}
    return {**leading, "posts": posts}


def _told(post: Post, there: Directory) -> dict[str, Any]:
    agency = there.get(post.unit_id)
    told = {"agency": agency.name, "agency_code": agency.code, "position": post.title, "roles": sorted(post.roles)}
    return {**told, "instead_of": post.instead_of} if post.instead_of else told


_TOLD: dict[str, Callable[[Actor, Reach, datetime], dict[str, Any]]] = {
    "profile": _profile,
    "email": _email,
    "phone": _phone,
    "post": _post,
}

from collections.abc import Callable
from datetime import datetime
from typing import Any

from camaug.access.queries import Reach
from camaug.kernel.actors import Actor, Post
from camaug.kernel.clock import LOCAL
from camaug.people.queries import Directory, directory
from camaug.signon.queries.opening import Opened


def claims(opened: Opened, *, at: datetime) -> dict[str, Any]:
    """What a system is told of the token's owner at that instant; never of a post held before or later."""
    found: dict[str, Any] = {"sub": str(opened.account_id)}
    for scope, tell in _TOLD.items():
        if scope in opened.scopes:
            found |= tell(opened.actor, opened.reach, at)
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

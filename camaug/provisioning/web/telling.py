"""Accounts and agencies in SCIM's words, as JSON has them.

scim2-models would build, copy and read each of them again; a test holds what is written here against its models.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from camaug.provisioning.queries import AccountTold, AgencyTold, Member, PostTold
from camaug.provisioning.web.shapes import Body, Enterprise, Group, Posts, User

type Told = dict[str, Any]
"""An attribute without a value is left out (RFC 7643 2.5)."""


def account(told: AccountTold, root: str) -> Told:
    """A User; `root` is where the protocol begins."""
    main = told.posts[0] if told.posts else None
    roles = sorted({role for post in told.posts for role in post.roles})
    user: Told = {
        "schemas": [User.__schema__],
        "id": str(told.id),
        "userName": told.email,
        "name": {"formatted": told.name},
        "displayName": told.name,
        "title": main.title if main else "",
        "preferredLanguage": told.language,
        "active": told.active,
        "emails": [{"value": told.email, "type": "work", "primary": True}],
        "groups": _memberships(told.posts, root),
        "roles": [{"value": role} for role in roles],
    }
    if main:
        user["schemas"] += [Enterprise.__schema__, Posts.__schema__]
        user[Enterprise.__schema__] = {"organization": main.above, "department": main.agency}
        user[Posts.__schema__] = {"posts": [_post(post) for post in told.posts]}
    return _dated(user, "User", f"{root}/Users/{told.id}", told.created_at, told.changed_at)


def agency(told: AgencyTold, root: str) -> Told:
    """A Group; its version does not depend on whether its members are told."""
    body: Told = {
        "code": told.code,
        "shortName": told.short_name,
        "kind": told.kind,
        "level": told.level,
        "active": told.active,
        "validFrom": told.valid_from.isoformat(),
        "validUntil": told.valid_until.isoformat() if told.valid_until else "",
        "parent": _parent(told, root) if told.parent_id else {},
    }
    group: Told = {
        "schemas": [Group.__schema__, Body.__schema__],
        "id": str(told.id),
        "displayName": told.name,
        Body.__schema__: _filled(body),
    }
    dated = _dated(group, "Group", f"{root}/Groups/{told.id}", told.created_at, told.changed_at)
    return _filled({**dated, "members": _members(told.members, root)})


def _dated(resource: Told, kind: str, location: str, created: datetime, changed: datetime) -> Told:
    told = _filled(resource)
    meta = {"resourceType": kind, "created": _instant(created), "lastModified": _instant(changed), "location": location}
    version = sha256(json.dumps([told, meta], ensure_ascii=False).encode()).hexdigest()[:32]
    return {**told, "meta": {**meta, "version": f'W/"{version}"'}}


def _filled(told: Told) -> Told:
    return {name: value for name, value in told.items() if value not in ("", [], {})}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _memberships(posts: Iterable[PostTold], root: str) -> list[Told]:
    there = {post.agency_id: post.agency for post in posts}
    return [
        {"value": str(key), "$ref": f"{root}/Groups/{key}", "display": name, "type": "direct"}
        for key, name in there.items()
    ]


def _members(members: Iterable[Member], root: str) -> list[Told]:
    return [
        {
            "value": str(one.account_id),
            "$ref": f"{root}/Users/{one.account_id}",
            "type": "User",
            "display": one.name,
        }
        for one in members
    ]


def _post(told: PostTold) -> Told:
    return _filled(
        {
            "value": str(told.id),
            "title": told.title,
            "agency": told.agency_code,
            "display": told.agency,
            "roles": list(told.roles),
            "acting": told.acting,
        }
    )


def _parent(told: AgencyTold, root: str) -> Told:
    return {
        "value": str(told.parent_id),
        "$ref": f"{root}/Groups/{told.parent_id}",
        "code": told.parent_code,
        "display": told.parent,
    }

"""Accounts and agencies in SCIM's words."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from scim2_models import Meta, Reference, Resource

from camaug.provisioning.queries import AccountTold, AgencyTold, PostTold
from camaug.provisioning.web.shapes import (
    Account,
    Agency,
    Body,
    Email,
    Enterprise,
    Member,
    Membership,
    Name,
    Parent,
    Post,
    Posts,
    Role,
)


def account(told: AccountTold) -> Resource[Any]:
    """A User."""
    main = told.posts[0] if told.posts else None
    user = Account(
        id=str(told.id),
        user_name=told.email,
        name=Name(formatted=told.name),
        display_name=told.name,
        title=main.title if main and main.title else None,
        preferred_language=told.language,
        active=told.active,
        emails=[Email(value=told.email, type="work", primary=True)],
        groups=_memberships(told.posts) or None,
        roles=[Role(value=role) for role in sorted({role for post in told.posts for role in post.roles})] or None,
    )
    if main:
        user[Enterprise] = Enterprise(department=main.agency, organization=main.above)
        user[Posts] = Posts(posts=[_post(post) for post in told.posts])
    return _dated(user, "User", told.created_at, told.changed_at)


def agency(told: AgencyTold) -> Resource[Any]:
    """A Group; its version does not depend on whether its members are told."""
    group = Agency(id=str(told.id), display_name=told.name)
    group[Body] = Body(
        code=told.code,
        short_name=told.short_name or None,
        kind=told.kind,
        level=told.level,
        active=told.active,
        valid_from=told.valid_from.isoformat(),
        valid_until=told.valid_until.isoformat() if told.valid_until else None,
        parent=_parent(told) if told.parent_id else None,
    )
    _dated(group, "Group", told.created_at, told.changed_at)
    group.members = [
        Member(value=str(one.account_id), ref=Reference(f"Users/{one.account_id}"), type="User", display=one.name)
        for one in told.members
    ] or None
    return group


def _dated(resource: Resource[Any], kind: str, created: datetime, changed: datetime) -> Resource[Any]:
    resource.meta = Meta(resource_type=kind, created=created, last_modified=changed)
    told = resource.model_dump_json(exclude_none=True).encode()
    resource.meta.version = f'W/"{sha256(told).hexdigest()[:32]}"'
    return resource


def _memberships(posts: tuple[PostTold, ...]) -> list[Membership]:
    there = {post.agency_id: post.agency for post in posts}
    return [
        Membership(value=str(key), ref=Reference(f"Groups/{key}"), display=name, type="direct")
        for key, name in there.items()
    ]


def _post(told: PostTold) -> Post:
    return Post(
        value=str(told.id),
        title=told.title or None,
        agency=told.agency_code,
        display=told.agency,
        roles=list(told.roles) or None,
        acting=told.acting,
    )


def _parent(told: AgencyTold) -> Parent:
    return Parent(
        value=str(told.parent_id),
        ref=Reference(f"Groups/{told.parent_id}"),
        code=told.parent_code,
        display=told.parent,
    )

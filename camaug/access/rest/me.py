"""Who a token makes its caller."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.rest import Answer, Call, Caller, Operations

operations = Operations("caller")


class PostAnswer(Answer):
    """A post that the caller fills now."""

    id: UUID
    unit_id: UUID
    title: str
    roles: tuple[str, ...]
    instead_of: str


class Me(Answer):
    """The caller: STAFF with posts, PUBLIC, or ANONYMOUS."""

    kind: str
    name: str
    scopes: tuple[str, ...]
    posts: tuple[PostAnswer, ...]
    calls_a_minute: int


@operations.get("/me", _("Who the caller is, and what the token may do"), Me)
def me(request: Call) -> Me:
    """Nothing about anybody else."""
    return told_of(request.caller)


def told_of(caller: Caller) -> Me:
    """What a caller is told of himself."""
    actor = caller.actor
    posts = (
        PostAnswer(id=p.id, unit_id=p.unit_id, title=p.title, roles=sorted(p.roles), instead_of=p.instead_of)
        for p in actor.posts
    )
    return Me(
        kind=actor.kind,
        name=actor.name,
        scopes=sorted(caller.scopes),
        posts=tuple(posts),
        calls_a_minute=caller.per_minute,
    )

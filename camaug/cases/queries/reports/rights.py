"""Whose reports an officer may read: a head, those of the unit and of all below it."""

from datetime import datetime
from uuid import UUID

from camaug.cases.policy import OVERSEERS, READ_REPORTS
from camaug.kernel.actors import Actor, Post
from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView, Directory, directory

READING = READ_REPORTS.code


def readable(actor: Actor, *, at: datetime) -> tuple[AgencyView, ...]:
    """The agencies at the top of what the actor may read, own ones first, none below another."""
    known = directory(at.astimezone(LOCAL).date())
    posts = [post for post in actor.posts if post.is_granted(READING) and post.unit_id in known]
    tops = [_top(post, known) for post in posts]
    return tuple(
        known.get(unit) for unit in dict.fromkeys(tops) if not any(one.id in tops for one in known.above(unit))
    )


def may_read(actor: Actor, agency_id: UUID, *, at: datetime) -> bool:
    """Whether the agency is one of these, or below one."""
    known = directory(at.astimezone(LOCAL).date())
    if agency_id not in known:
        return False
    tops = {one.id for one in readable(actor, at=at)}
    return agency_id in tops or any(one.id in tops for one in known.above(agency_id))


def _top(post: Post, known: Directory) -> UUID:
    here = known.get(post.unit_id)
    wanted = {OVERSEERS[role, here.kind] for role in post.roles if (role, here.kind) in OVERSEERS}
    return next((one.id for one in known.above(here.id) if one.kind in wanted), here.id)

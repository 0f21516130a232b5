"""For whom an actor may act, as the statements that say who acts read it: one column more, no statement more."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.kernel.actors import Mandated
from camaug.kernel.prepared import asked
from camaug.people.queries import represented


@dataclass(frozen=True, slots=True)
class Standing:
    """The organisations and the mandates for which somebody acts at an instant."""

    represents: frozenset[UUID] = frozenset()
    mandates: tuple[Mandated, ...] = ()


NOBODY_ELSE = Standing()


def acts_for(person: str) -> str:
    """An SQL expression of a text: what holds now or later for the person of that SQL expression; NULL: nothing."""
    return f"""(SELECT json_agg(e.line)::text FROM (
        SELECT json_build_array(m.id, m.acts, m.until_at) AS line FROM behalf_mandate m
        WHERE m.helper_id = {person} AND m.confirmed_at IS NOT NULL AND m.ended_at IS NULL
        UNION ALL {represented(person)}) e)"""  # noqa: S608 (our own)


def standing(told: str | None, *, at: datetime) -> Standing:
    """What of it holds at that instant."""
    if told is None:
        return NOBODY_ELSE
    represents, held = set[UUID](), []
    for key, acts, until, *begun in json.loads(told):
        if (until and datetime.fromisoformat(until) <= at) or any(datetime.fromisoformat(day) > at for day in begun):
            continue
        if acts is None:
            represents.add(UUID(key))
        else:
            held.append(Mandated(UUID(key), frozenset(acts)))
    return Standing(frozenset(represents), tuple(held))


def standing_of(person_id: UUID, *, at: datetime) -> Standing:
    """The same for one who is not read together with his account."""
    rows = asked(f"SELECT {acts_for('%(person)s::uuid')}", {"person": person_id})
    return standing(rows[0][0], at=at)

"""For whom an actor may act, as the statements that say who acts read it: one column more, no statement more."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.kernel.actors import Mandated
from camaug.kernel.prepared import asked


@dataclass(frozen=True, slots=True)
class Standing:
    """The organisations and the mandates for which somebody acts at an instant."""

    represents: frozenset[UUID] = frozenset()
    mandates: tuple[Mandated, ...] = ()


NOBODY_ELSE = Standing()


def acts_for(person: str) -> str:
    """An SQL expression of a text: what holds now or later for the person of that SQL expression; NULL: nothing."""
    return f"""(SELECT json_agg(json_build_array(m.id, m.acts, m.until_at))::text FROM behalf_mandate m
        WHERE m.helper_id = {person} AND m.confirmed_at IS NOT NULL AND m.ended_at IS NULL)"""  # noqa: S608 (our own)


def standing(told: str | None, *, at: datetime) -> Standing:
    """What of it holds at that instant."""
    if told is None:
        return NOBODY_ELSE
    rows = json.loads(told)
    held = [Mandated(UUID(key), frozenset(acts)) for key, acts, until in rows if datetime.fromisoformat(until) > at]
    return Standing(mandates=tuple(held))


def standing_of(person_id: UUID, *, at: datetime) -> Standing:
    """The same for one who is not read together with his account."""
    rows = asked(f"SELECT {acts_for('%(person)s::uuid')}", {"person": person_id})
    return standing(rows[0][0], at=at)

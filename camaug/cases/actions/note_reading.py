"""Writing down who looked: one statement in the request that shows, before anything is shown."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from camaug.cases.models import Case, How, ListReading, Reading, Why
from camaug.cases.policy import CLERK, reason_to_look
from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.encryption import encrypt
from camaug.kernel.ids import uuid7


def note_case_read(code: str, how: How, *, by: Actor, at: datetime) -> None:
    """The officer was shown something of the case of that code; nothing where he sees no such case."""
    note_cases_read(Case.objects.visible_to(by).submitted().filter(code=code), how, by=by, at=at)


def note_cases_read(cases: Iterable[Case], how: How, *, by: Actor, at: datetime) -> None:
    """The same for several cases that were shown at once."""
    if by.kind != ActorKind.STAFF:
        return
    reasons = ((case.id, *reason_to_look(by, case)) for case in cases)
    _keep([_row(case_id, why, how, post, by, at) for case_id, why, post in reasons])


def note_persons_read(persons: Iterable[UUID], why: Why, *, by: Actor, at: datetime) -> None:
    """At a counter the officer was shown what the register says of these people."""
    post = next((one for one in by.posts if CLERK in one.roles), by.post)
    if post:
        _keep([_row(person, why, How.PAGE, post, by, at) for person in persons])


def note_list_read(of: str, asked: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """The officer read a list with people's details, or took it away: one entry, with what it was narrowed to."""
    if by.post is None or by.account_id is None:
        return
    row = ListReading(id=uuid7(), of=of, account_id=by.account_id, post_id=by.post.id, unit_id=by.post.unit_id, at=at)
    said = json.dumps({name: value for name, value in asked.items() if value}, ensure_ascii=False)
    row.asked = encrypt(said, about=f"cases.listreading.asked:{row.id}")
    row.save(force_insert=True)


def _row(subject: UUID, why: str, how: How, post: Post, by: Actor, at: datetime) -> Reading:
    if by.account_id is None:
        raise ValueError(f"{by.kind} reads without an account")
    return Reading(
        subject_id=subject,
        account_id=by.account_id,
        post_id=post.id,
        unit_id=post.unit_id,
        why=why,
        how=how,
        day=at.astimezone(LOCAL).date(),
        at=at,
    )


def _keep(rows: list[Reading]) -> None:
    if rows:
        Reading.objects.bulk_create(rows, ignore_conflicts=True)

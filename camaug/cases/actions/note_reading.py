"""Writing down who looked: one statement in the request that shows, before anything is shown."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from camaug.cases.models import Case, How, ListReading, Reading, Why, seen_by
from camaug.cases.policy import CLERK, HEADS, NEARNESS, reason_to_look
from camaug.cases.queries.as_json import CaseJson, telling, told_by
from camaug.cases.sought import print_of
from camaug.kernel.actors import Actor, ActorKind, Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.encryption import encrypt
from camaug.kernel.ids import uuid7
from camaug.kernel.prepared import asked

_STATEMENT = """
INSERT INTO cases_reading (id, subject_id, account_id, post_id, unit_id, why, how, day, at)
SELECT %(id)s::uuid, c.id, %(account)s::uuid, p.post, p.unit, p.why, %(how)s, %(day)s::date, %(at)s::timestamptz
FROM cases_case c CROSS JOIN LATERAL (
    SELECT h.post, h.unit, h.place, CASE
        WHEN h.unit = c.holder_unit_id AND c.holder_role = ANY(h.roles)
             AND (c.assignee_id IS NULL OR c.assignee_id = h.post) THEN 'TURN'
        WHEN h.unit = c.receiving_agency_id AND %(clerk)s = ANY(h.roles) THEN 'COUNTER'
        WHEN (h.unit IN (c.holder_unit_id, c.receiving_agency_id, c.competent_agency_id, c.decided_unit_id)
              AND h.roles && %(heads)s::text[])
             OR h.leads && ARRAY[c.holder_unit_id, c.receiving_agency_id, c.competent_agency_id, c.decided_unit_id]
             THEN 'HEAD'
        WHEN h.unit = ANY(c.participants) THEN 'PART'
        ELSE 'BESIDE' END AS why
    FROM (SELECT post, unit, string_to_array(roles, ',') AS roles, string_to_array(leads, ',')::uuid[] AS leads, place
          FROM unnest(%(posts)s::uuid[], %(held)s::uuid[], %(roles)s::text[], %(leads)s::text[])
               WITH ORDINALITY AS f (post, unit, roles, leads, place)) h) p
WHERE c.code = %(code)s AND c.state <> 'DRAFT'"""
_HELPED = """
INSERT INTO cases_reading (id, subject_id, account_id, mandate_id, why, how, day, at)
SELECT %(id)s::uuid, c.id, %(account)s::uuid, c.mandate_id, 'HELP', %(how)s, %(day)s::date, %(at)s::timestamptz
FROM cases_case c WHERE c.id = %(case)s::uuid AND c.mandate_id = ANY(%(mandates)s::uuid[]) ON CONFLICT DO NOTHING"""
_NEAREST = "ORDER BY array_position(%(nearness)s::text[], p.why), p.place LIMIT 1 ON CONFLICT DO NOTHING"


def note_case_read(code: str, how: How, *, by: Actor, at: datetime) -> None:
    """The officer was shown something of the case of that code; nothing where he sees no such case.

    One statement, since every page begins with it; `note_cases_read` says the same in words, and a test compares them.
    """
    if by.kind == ActorKind.STAFF and by.posts:
        asked(*_noting(code, how, by, at))


def show_as_json(code: str, *, by: Actor, at: datetime, expand: Collection[str] = ()) -> CaseJson:
    """The case for an officer's program, and that it was shown written down, by one statement; NotFound.

    What lies closed is opened afterwards: where that fails, the look stands although nothing was shown.
    """
    statement, values = telling(code, by, expand)
    if by.kind == ActorKind.STAFF and by.posts:
        noting, more = _noting(code, How.PROGRAM, by, at)
        statement, values = f"WITH noted AS ({noting}) {statement}", values | more
    return told_by(asked(statement, values), expand)


def _noting(code: str, how: How, by: Actor, at: datetime) -> tuple[str, dict[str, Any]]:
    seen, values = seen_by(by)
    values |= {"id": uuid7(), "account": by.account_id, "how": how, "code": code, "at": at, "day": _day(at)}
    values |= {"nearness": list(NEARNESS), "heads": list(HEADS), "clerk": CLERK, "posts": [one.id for one in by.posts]}
    values |= {"held": [one.unit_id for one in by.posts], "roles": [",".join(sorted(one.roles)) for one in by.posts]}
    values |= {"leads": [",".join(map(str, one.leads)) for one in by.posts]}
    return f"{_STATEMENT} AND {seen} {_NEAREST}", values


def note_help_read(case_id: UUID, how: How, *, by: Actor, at: datetime) -> None:
    """A helper was shown something of the case; nothing where no mandate of his reaches it."""
    values = {"id": uuid7(), "case": case_id, "account": by.account_id, "how": how, "day": _day(at), "at": at}
    asked(_HELPED, {**values, "mandates": [one.id for one in by.mandates]})


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


def note_list_read(of: str, narrowed: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """The officer read a list with people's details, or took it away: one entry, with what it was narrowed to."""
    if by.post is None or by.account_id is None:
        return
    row = ListReading(id=uuid7(), of=of, account_id=by.account_id, post_id=by.post.id, unit_id=by.post.unit_id, at=at)
    said = json.dumps({name: value for name, value in narrowed.items() if value}, ensure_ascii=False)
    row.asked = encrypt(said, about=f"cases.listreading.asked:{row.id}")
    row.number_print = print_of(said)
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
        day=_day(at),
        at=at,
    )


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def _keep(rows: list[Reading]) -> None:
    if rows:
        Reading.objects.bulk_create(rows, ignore_conflicts=True)

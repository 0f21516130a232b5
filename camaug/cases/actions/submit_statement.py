"""Everything that sending an application writes, as one statement: series, case, papers, delivery, event.

`submit.submit_step_by_step` says the same in words; a test compares the rows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, OuterRef, QuerySet
from psycopg.types.json import Json, Jsonb

from camaug.cases.events import CaseSubmitted
from camaug.cases.lifecycle import DeliveryState, State
from camaug.cases.models import Case, CaseFile, sealed_answers
from camaug.cases.moves import Moving
from camaug.cases.words import find_by, own_part
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.compiled import Compiled
from camaug.kernel.events import columns_of
from camaug.kernel.ids import uuid7
from camaug.kernel.json_column import as_column
from camaug.kernel.prepared import asked
from camaug.people.queries import directory_revision, note_revision
from camaug.worktime.queries import calendar_revision

type Needs = Sequence[tuple[str, dict[str, object]]]

_GIVEN = CaseFile.objects.filter(case=OuterRef("pk"), removed_at__isnull=True).order_by("paper")


@dataclass(frozen=True, slots=True)
class Read:
    """A draft as it was read: with the papers given, which writing of the row it is, the calendar's token, and the day
    from which its version holds no longer.
    """

    case: Case
    given: list[str]
    written: str
    calendar: UUID | None
    ends: date | None


def own_draft(case_id: UUID, *, by: Actor) -> Read | None:
    """The actor's own draft, in one query; None where it is none.

    Nothing is locked: `write` notices whatever changed since.
    """
    if by.kind != ActorKind.PUBLIC or by.account_id is None:
        return None
    for case in _draft(case_id=case_id, account_id=by.account_id):
        if not case.belongs_to(by):
            return None
        with_it = vars(case)
        note_revision(with_it["directory"])
        return Read(case, list(with_it["given"]), with_it["written"], with_it["calendar"], with_it["ends"])
    return None


@Compiled
def _draft(case_id: UUID, account_id: UUID) -> QuerySet[Case]:
    return (
        Case.objects.drafts()
        .filter(pk=case_id, account_id=account_id)
        .annotate(
            given=ArraySubquery(_GIVEN.values("paper").distinct()),
            written=Func(template="cases_case.xmin::text", output_field=CharField()),
            directory=directory_revision(),
            calendar=calendar_revision(),
            ends=F("version__valid_until"),
        )
    )


def write(moving: Moving, read: Read, agency_code: str, day: date, needs: Needs, event: CaseSubmitted) -> bool:
    """Write the case as `moving` left it, with the next code; False where the draft changed since it was read."""
    case = moving.case
    first = f"{agency_code}-{day:%y%m%d}-0000"
    case.code = first
    find_by(case, moving.definition)
    own = len(own_part(first))
    answers = sealed_answers(case.answers, case.id, case.version_id)
    told = columns_of(event, by=moving.by, at=moving.at, post=moving.post)
    values: list[Any] = [
        *(case.id, read.written, read.given, agency_code, day, f"{agency_code}-{day:%y%m%d}-"),
        *(getattr(case, name) if name != "answers" else as_column(answers) for name in _COLUMNS),
        *(case.folded[own:], case.accented[own:]),
        *(_papers(needs), uuid7(), DeliveryState.WAITING),
        *(told[name] if name != "facts" else Jsonb(told["facts"]) for name in _TOLD),
    ]
    written = asked(_STATEMENT, values)
    case.code = written[0][0] if written else None
    if written:
        case.folded, case.accented = written[0][1:]
    return bool(written)


def _papers(needs: Needs) -> Json:
    return Json([{"id": str(uuid7()), "paper": paper, "source": "", **first} for paper, first in needs], dumps=_as_text)


def _as_text(rows: Any) -> str:
    return json.dumps(rows, default=datetime.isoformat, ensure_ascii=False)


_COLUMNS = {
    "state": "text",
    "revision": "int",
    "last_move": "text",
    "moved_by": "uuid",
    "moved_by_name": "text",
    "moved_at": "timestamptz",
    "competent_agency_id": "uuid",
    "participants": "uuid[]",
    "answers": "json",
    "submitted_at": "timestamptz",
    "urgent_at": "timestamptz",
    "latest_at": "timestamptz",
    "look_at": "timestamptz",
    "previous_step": "text",
    "step": "text",
    "step_from_at": "timestamptz",
    "step_counted_at": "timestamptz",
    "step_due_at": "timestamptz",
    "holder_unit_id": "uuid",
    "holder_role": "text",
    "assignee_id": "uuid",
}
_TOLD = {
    "id": "uuid",
    "name": "text",
    "subject_id": "uuid",
    "actor_kind": "text",
    "actor_id": "uuid",
    "actor_name": "text",
    "post_id": "uuid",
    "unit_id": "uuid",
    "origin": "text",
    "at": "timestamptz",
    "facts": "jsonb",
}
_SET = ", ".join(f"{name} = %s::{kind}" for name, kind in _COLUMNS.items())
_STATEMENT = f"""
WITH draft AS (
    SELECT id FROM cases_case WHERE id = %s::uuid AND state = '{State.DRAFT}' AND xmin::text = %s::text
        AND ARRAY(SELECT DISTINCT paper::text FROM cases_casefile
                  WHERE case_id = cases_case.id AND removed_at IS NULL ORDER BY 1) = %s::text[]
    FOR UPDATE
), series AS (
    INSERT INTO cases_codeseries AS given (agency_code, day, last) SELECT %s::text, %s::date, 1 FROM draft
    ON CONFLICT (agency_code, day) DO UPDATE SET last = given.last + 1 RETURNING last
), number AS (
    SELECT %s::text || lpad(last::text, greatest(4, length(last::text)), '0') AS code FROM series
), own AS (
    SELECT substr(code, strpos(code, '-') + 1) AS part FROM number
), sent AS (
    UPDATE cases_case AS sent SET {_SET}, code = number.code,
        folded = own.part || %s::text, accented = own.part || %s::text
    FROM draft, number, own WHERE sent.id = draft.id RETURNING sent.id, sent.code, sent.folded, sent.accented
), papers AS (
    INSERT INTO cases_paper (id, case_id, paper, state, source, source_at, originals, copies, source_record, note)
    SELECT need.id, sent.id, need.paper, need.state, need.source, need.source_at, 0, 0, '', ''
    FROM sent, json_to_recordset(%s::json)
        AS need (id uuid, paper text, state text, source text, source_at timestamptz)
    ON CONFLICT (case_id, paper) DO NOTHING
), delivery AS (
    INSERT INTO cases_delivery (id, case_id, state, receiver_name, receiver_number, receiver_relation, identity_paper,
        authorisation, earlier)
    SELECT %s::uuid, id, %s::text, '', '', '', '', '', '[]' FROM sent
), told AS (
    INSERT INTO kernel_eventrecord ({", ".join(_TOLD)})
    SELECT {", ".join(f"%s::{kind}" for kind in _TOLD.values())} || jsonb_build_object('code', code) FROM sent
)
SELECT code, folded, accented FROM sent
"""  # noqa: S608 (our own columns)

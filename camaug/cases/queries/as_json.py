"""Cases as JSON that PostgreSQL writes itself, for programs: one statement, whatever is expanded, and no row becomes an
object here. Who may see a case is asked of `Cases.visible_to` or of its twin `seen_by`.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.cases.lifecycle import State
from camaug.cases.models import Consultation, Note, Supplement, opened_answers, seen_by
from camaug.cases.queries.inbox import Filters
from camaug.cases.queries.places import Listed, found_by
from camaug.cases.queries.timeline import SENTENCES
from camaug.kernel.actors import Actor
from camaug.kernel.closed import read_by_hand
from camaug.kernel.encryption import MARK
from camaug.kernel.errors import NotFound
from camaug.kernel.paging import Place
from camaug.kernel.prepared import Row, asked

LINE = """
    c.code, c.state, c.revision, p.code AS procedure, v.name AS procedure_name, c.channel, c.step,
    c.applicant_kind, c.applicant_name, r.code AS receiving_agency, d.code AS competent_agency, h.code AS holder_unit,
    c.holder_role, c.assignee_id, c.submitted_at, c.received_at, c.due_at, c.step_due_at, c.decided_at, c.finished_at,
    c.outcome"""
WHOLE = f"""{LINE},
    v.number AS version, c.applicant_number, c.applicant_phone, c.applicant_email, c.applicant_address,
    c.authorised_name, c.authorised_number, c.authorised_relation, c.answers, c.delivery_way, c.delivery_address,
    c.original_due_at, c.proposal, c.second_supplement, c.reopened, c.moved_at, c.moved_by_name,
    (SELECT o.code FROM cases_case o WHERE o.id = c.parent_id) AS application"""
_TABLES = """
FROM cases_case c
JOIN catalogue_procedure p ON p.id = c.procedure_id
JOIN catalogue_procedureversion v ON v.id = c.version_id
LEFT JOIN people_agency r ON r.id = c.receiving_agency_id
LEFT JOIN people_agency d ON d.id = c.competent_agency_id
LEFT JOIN people_agency h ON h.id = c.holder_unit_id"""


def _rows(columns: str, tables: str, order: str) -> str:
    return f"""(SELECT coalesce(json_agg(row_to_json(x)), '[]')
        FROM (SELECT {columns} FROM {tables} WHERE t.case_id = c.id ORDER BY {order}) x)"""


EXPANSIONS: dict[str, str] = {
    "papers": _rows("t.paper, t.state, t.originals, t.copies, t.source, t.note, t.checked_at", "cases_paper t", "t.id"),
    "files": _rows(
        "t.id, t.paper, t.file_name AS name, b.media_type, b.size, t.added_at",
        "cases_casefile t JOIN kernel_blob b ON b.sha256 = t.blob_id AND t.removed_at IS NULL",
        "t.added_at, t.id",
    ),
    "supplements": _rows(
        "t.id, t.items, t.reason, t.requested_at, t.answered_at, t.answer, t.second",
        "cases_supplement t",
        "t.requested_at",
    ),
    "stops": _rows("t.ground, t.effect, t.from_at, t.until_at, t.document", "cases_stop t", "t.from_at"),
    "payments": _rows(
        "t.id, t.kind, t.state, t.amount, t.asked_at, t.paid_at, t.way, t.receipt_number",
        "cases_payment t",
        "t.asked_at",
    ),
    "refunds": _rows(
        "t.id, t.state, t.amount, t.reason, t.payee_name, t.payee_number, t.owed_at, t.paid_at, t.way, "
        "t.receipt_number",
        "cases_refund t",
        "t.owed_at",
    ),
    "consultations": _rows(
        "t.id, t.name, t.state, a.code AS agency, t.question, t.asked_at, t.due_at, t.ended_at, t.verdict, t.answer",
        "cases_consultation t JOIN people_agency a ON a.id = t.agency_id",
        "t.asked_at, t.id",
    ),
    "slips": _rows("t.id, t.form, t.number, t.issued_at", "cases_slip t", "t.issued_at, t.id"),
    "results": _rows(
        "t.id, t.name, t.number_text AS number, t.published_at, t.state, t.signer_name",
        "cases_result t",
        "t.published_at",
    ),
    "happenings": """(SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT split_part(t.name, '.', 2) AS event, t.at, t.actor_name AS actor, a.code AS agency,
               coalesce(n.text, '') AS words, n.id AS note
        FROM kernel_eventrecord t
        LEFT JOIN people_agency a ON a.id = t.unit_id
        LEFT JOIN cases_note n ON n.case_id = c.id AND n.id::text = t.facts ->> 'note'
        WHERE t.subject_id = c.id AND t.name = ANY(%(told)s) ORDER BY t.at, t.id) x)""",
}
"""What may be shown within a case; each is seen by whoever sees the case, as on its page."""
_ENCRYPTED = f'"{MARK}:'.encode()
_TOLD = sorted(SENTENCES)


@dataclass(frozen=True, slots=True)
class CaseJson:
    """A case as JSON, with the revision that it has."""

    octets: bytes
    revision: int


@dataclass(frozen=True, slots=True)
class CasesJson:
    """A page of cases as a JSON array, and the place where the next page begins; "" where there is none."""

    octets: bytes
    following: str


def case_json(code: str, actor: Actor, *, expand: Collection[str] = ()) -> CaseJson:
    """The case of that code; NotFound where the actor may not know of it."""
    return told_by(asked(*telling(code, actor, expand)), expand)


def telling(code: str, actor: Actor, expand: Collection[str]) -> tuple[str, dict[str, Any]]:
    """The statement that tells the case of that code, with its values."""
    more = "".join(f",\n{EXPANSIONS[name]} AS {name}" for name in EXPANSIONS if name in expand)
    seen, values = seen_by(actor)
    condition = f"c.code = %(code)s AND c.state <> '{State.DRAFT}' AND {seen}"
    statement = f"SELECT c.id, line.revision, row_to_json(line)::text {_from(WHOLE + more)} WHERE {condition}"
    return statement, {"code": code, **values, **({"told": _TOLD} if more else {})}


def told_by(rows: Iterable[Row], expand: Collection[str]) -> CaseJson:
    """The case out of what that statement gave; NotFound where it gave nothing."""
    for case_id, revision, text in rows:
        return CaseJson(_opened(text.encode(), case_id, expand), revision)
    raise NotFound


def _opened(octets: bytes, case: UUID, expand: Collection[str]) -> bytes:
    """The case with what lies encrypted as it was given; one in which nothing does is not even read."""
    if _ENCRYPTED not in octets and "happenings" not in expand:
        return octets
    told = json.loads(octets)
    told["answers"] = opened_answers(told["answers"], case)
    for one in told.get("supplements", ()):
        for column in ("items", "reason", "answer"):
            one[column] = read_by_hand(Supplement, column, one[column], case_id=case, pk=one["id"])
    for one in told.get("consultations", ()):
        for column in ("question", "answer"):
            one[column] = read_by_hand(Consultation, column, one[column], case_id=case, pk=one["id"])
    for one in told.get("happenings", ()):
        one["words"] = read_by_hand(Note, "text", one["words"], case_id=case, pk=one.pop("note"))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def cases_json(
    actor: Actor,
    tab: str,
    *,
    at: datetime,
    filters: Filters,
    states: Collection[str] = (),
    after: Place | None,
    limit: int,
) -> CasesJson:
    """A page of the cases that the actor sees: of a tab of the inbox, or ("") of all, the newest first."""
    listed = Listed(tab, filters, tuple(states), after, limit)
    found = found_by(listed, actor, at=at)
    if found is None:
        return CasesJson(b"[]", "")
    # Two statements: which cases varies too much to stay planned; what is told of them does not and costs most to plan.
    ((ids, many, last_at, last_id),) = asked(
        f"""SELECT coalesce((array_agg(x.id))[:{limit}]::text, '{{}}'), count(*),
            (array_agg(x.at))[{limit}], (array_agg(x.id))[{limit}] FROM ({found.statement}) x (id, at)""",
        found.values,
    )
    told = f"""SELECT coalesce('[' || string_agg(row_to_json(line)::text, ',' ORDER BY c.{found.key} {found.way},
        c.id {found.way}) || ']', '[]') {_from(LINE)} WHERE c.id = ANY(%(ids)s::uuid[])"""
    ((text,),) = asked(told, {"ids": ids})
    return CasesJson(text.encode(), Place(last_at, last_id).token() if many > limit else "")


def case_id(code: str, actor: Actor) -> UUID:
    """The id of the case of that code; NotFound where the actor may not know of it."""
    seen, values = seen_by(actor)
    statement = f"SELECT c.id FROM cases_case c WHERE c.code = %(code)s AND c.state <> '{State.DRAFT}' AND {seen}"
    for (found,) in asked(statement, {"code": code, **values}):
        return UUID(str(found))
    raise NotFound


def _from(line: str) -> str:
    return f"{_TABLES} CROSS JOIN LATERAL (SELECT {line}) line"

"""What the database alone answers, as JSON, by the same HTTP server: no door, no right, no form, no framework."""

import os
from collections.abc import Callable, Iterable
from threading import local
from typing import Any

import psycopg

READ = "SELECT row_to_json(c)::text FROM cases_case c WHERE code = %s"
LIST = """SELECT coalesce(json_agg(row_to_json(x)), '[]')::text FROM (
    SELECT code, state, revision, channel, step, applicant_name, procedure_id, holder_unit_id, holder_role, assignee_id,
           submitted_at, received_at, due_at, step_due_at, decided_at, finished_at, outcome
    FROM cases_case WHERE holder_unit_id = (SELECT holder_unit_id FROM cases_case WHERE code = %s)
      AND state = 'SUBMITTED' AND channel = 'ONLINE' ORDER BY urgent_at, id LIMIT 100) x"""
_TOLD = """INSERT INTO kernel_eventrecord (id, name, subject_id, actor_kind, actor_name, origin, at, facts)
    SELECT gen_random_uuid(), 'bench', {case}.id, 'STAFF', '', '', now(), '{{}}' FROM {case}"""
MOVE = f"""WITH moved AS (UPDATE cases_case SET revision = revision + 1, moved_at = now() WHERE code = %s RETURNING *),
    told AS ({_TOLD.format(case="moved")}) SELECT row_to_json(moved)::text FROM moved"""
REGISTER = f"""WITH made AS (
    INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'code', 'bench-' || gen_random_uuid(), 'request_key', NULL))).*
    FROM cases_case c WHERE code = %s RETURNING *),
    papers AS (INSERT INTO cases_paper (id, case_id, paper, state, originals, copies, source, source_record, note)
        SELECT gen_random_uuid(), made.id, 'bench', 'GIVEN', 1, 0, '', '', '' FROM made),
    told AS ({_TOLD.format(case="made")}) SELECT row_to_json(made)::text FROM made"""
STATEMENTS = {"read": READ, "list": LIST, "move": MOVE, "register": REGISTER}
_mine = local()


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """WSGI: `/read/<code>` and so on."""
    _slash, what, code = environ["PATH_INFO"].split("/", 2)
    row = _connection().execute(STATEMENTS[what], [code]).fetchone()
    body = (row[0] if row else "null").encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def nothing(_environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """WSGI: what the HTTP server costs by itself, whatever is asked."""
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]


def _connection() -> "psycopg.Connection[tuple[Any, ...]]":
    if not hasattr(_mine, "connection"):
        _mine.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=2)
    found: psycopg.Connection[tuple[Any, ...]] = _mine.connection
    return found

"""A whole application sent over HTTP, against the same rows written by the database alone.

Thirty answers, three papers uploaded before; session, form, papers, competence, permission, event and durability all
there; eight clients, a hundred receiving agencies evenly. The readable action is measured beside the statement.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import yaml

from camaug.kernel.clock import LOCAL
from camaug.runtime.bench import clients, dataset, desk, floors, people, site
from camaug.runtime.bench.figures import median, milliseconds, percentile
from camaug.runtime.bench.measured import Measured, measured

SIZES = (10_000,)
CLIENTS, AGENCIES, RUNS, SENT, WRITTEN = 8, 100, 3, 800, 1600
"""`WRITTEN`: so many rows the database alone writes in a run, for plans that are made once to count for little."""
PROCEDURE = "dang-ky-khai-sinh"
PAPERS = ("giay-chung-sinh", "giay-to-tuy-than", "giay-chung-nhan-ket-hon")
WARM = 120
"""Each of eight threads prepares its statements at their third asking, and plans them for good after five more."""


def run(size: int) -> dict[str, Any]:
    """`ratio` is the share of pgbench's rate, `readable` how many times the readable action's rate."""
    rates: dict[str, list[float]] = {"statement": [], "readable": [], "floor": []}
    runs: list[Measured] = []
    wrong = 0
    with dataset.dataset(size, copy=True) as address, desk.at(address):
        drafts = _drafts(2 * RUNS * (SENT + WARM) + RUNS * WRITTEN)
        for _ in range(RUNS):
            for kind in ("statement", "readable"):
                left = _left()
                with _choosing(kind), site.started(address) as here:
                    clients.run(here.port, [next(drafts) for _ in range(WARM)], clients=CLIENTS)
                    done = measured(here, address, [next(drafts) for _ in range(SENT)], number=CLIENTS)
                rates[kind].append(done.run.rate)
                wrong += done.run.wrong([302]) + _left() - (left - WARM - SENT)
                runs += [done] if kind == "statement" else []
            rates["floor"].append(_floor(address))
        gaps = _gaps()
    middle = {kind: median(found) for kind, found in rates.items()}
    times = [seconds for one in runs for seconds in one.run.times]
    return {
        "ratio": round(middle["statement"] / middle["floor"], 4),
        "times_the_readable": round(middle["statement"] / middle["readable"], 4),
        "requests_per_second": round(middle["statement"]),
        "readable_per_second": round(middle["readable"]),
        "floor_per_second": round(middle["floor"]),
        "p50_ms": milliseconds(percentile(times, 0.5)),
        "p95_ms": milliseconds(percentile(times, 0.95)),
        "web_cpu_ms": median([one.web_ms for one in runs]),
        "database_cpu_ms": median([one.database_ms or 0.0 for one in runs]),
        "clients": CLIENTS,
        "agencies": AGENCIES,
        "requests": RUNS * SENT,
        "errors": wrong,
        "gaps": gaps,
        "cases": size,
    }


@contextmanager
def _choosing(kind: str) -> Iterator[None]:
    os.environ["READABLE_SUBMIT"] = "yes" if kind == "readable" else ""
    try:
        yield
    finally:
        del os.environ["READABLE_SUBMIT"]


def _drafts(number: int) -> Iterator[clients.Request]:
    """So many applications that only need to be sent: one of each agency through the actions, the others copies."""
    from django.conf import settings
    from django.urls import reverse

    from camaug.access.models import Account
    from camaug.cases.models import Case, CaseFile
    from camaug.kernel.ids import uuid7

    first, forms = _first_drafts(settings.PROFILE), people.token()
    cookies = {case.account_id: people.signed_in(Account.objects.get(pk=case.account_id), forms) for case in first}
    papers = {case.pk: list(case.files.all()) for case in first}
    made: list[Case] = []
    files: list[CaseFile] = []
    for index in range(number):
        model = first[index % len(first)]
        copy = Case(**{field.attname: getattr(model, field.attname) for field in Case._meta.concrete_fields})
        copy.pk = uuid7()
        made.append(copy)
        for file in papers[model.pk]:
            values = {field.attname: getattr(file, field.attname) for field in CaseFile._meta.concrete_fields}
            files.append(CaseFile(**{**values, "id": uuid7(), "case_id": copy.pk}))
    Case.objects.bulk_create(made, batch_size=500)
    CaseFile.objects.bulk_create(files, batch_size=2000)
    body, headers = clients.form({}, forms)
    return iter(
        [
            clients.Request(reverse("citizen:check", args=[case.pk]), cookies[case.account_id], body, headers)
            for case in made
        ]
    )


def _first_drafts(profile: Any) -> list[Any]:
    from camaug.cases.actions.add_file import add_file
    from camaug.cases.actions.save import Changes, save
    from camaug.cases.actions.start import start
    from camaug.cases.demo import contents
    from camaug.cases.demo.citizens import Citizens
    from camaug.catalogue.queries import current, receivers
    from camaug.kernel import clock
    from camaug.people.queries import asked_once

    at = clock.now()
    words = yaml.safe_load((profile / "demo.yaml").read_text("utf-8"))
    names = yaml.safe_load((profile / "names.yaml").read_text("utf-8"))
    chance = Random(96)  # noqa: S311 (invented applicants)
    citizens = Citizens(names, words["hamlets"], chance)
    scan = contents.scan("GIẤY CHỨNG SINH", "")
    on, found = at.astimezone(LOCAL).date(), []
    with asked_once():
        for agency in receivers(current(PROCEDURE, on), on)[:AGENCIES]:
            mother = citizens.make(agency, at=at, sex="FEMALE")
            case = start(PROCEDURE, by=mother.actor, at=at)
            answers = contents.birth(mother, citizens, words, chance, at=at)
            save(case.id, Changes(answers=answers, receiving_agency=agency.id), by=mother.actor, at=at)
            for paper in PAPERS:
                add_file(case.id, paper, content=scan, file_name=f"{paper}.jpg", by=mother.actor, at=at)
            case.refresh_from_db()
            found.append(case)
    return found


def _left() -> int:
    """Applications that are not sent yet: a redirect alone says nothing."""
    from camaug.cases.models import Case

    return Case.objects.filter(state="DRAFT").count()


def _floor(address: str) -> float:
    """The rows of one submission as one prepared statement, by as many clients, over drafts of the same shape."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_TO_SEND)
        cursor.execute("SELECT count(*) FROM bench_draft")
        (there,) = cursor.fetchone() or (0,)
    return floors.pgbench(address, _ONE, clients=CLIENTS, transactions=there // CLIENTS)


def _gaps() -> list[str]:
    from camaug.cases.volume import checking

    return [one for one in checking.counters() if one.startswith("codes")]


_TO_SEND = f"""
    DROP TABLE IF EXISTS bench_draft; DROP SEQUENCE IF EXISTS bench_turn;
    CREATE SEQUENCE bench_turn;
    CREATE TABLE bench_draft AS
        SELECT row_number() OVER (ORDER BY own.id DESC) AS turn, own.id, agency.code AS agency, own.account_id,
            substr(sent.folded, length(sent.code) - strpos(sent.code, '-') + 1) AS folded,
            substr(sent.accented, length(sent.code) - strpos(sent.code, '-') + 1) AS accented
        FROM cases_case AS own JOIN people_agency AS agency ON agency.id = own.receiving_agency_id
        CROSS JOIN LATERAL (SELECT * FROM cases_case AS sent WHERE sent.account_id = own.account_id
            AND sent.state = 'SUBMITTED' LIMIT 1) AS sent
        WHERE own.state = 'DRAFT' ORDER BY own.id DESC LIMIT {WRITTEN};
    ALTER TABLE bench_draft ADD PRIMARY KEY (turn);
    ANALYZE bench_draft"""  # noqa: S608 (our own number)
_ONE = """
WITH draft AS (
    SELECT cases_case.*, bench_draft.agency, bench_draft.folded AS words, bench_draft.accented AS accented_words
    FROM bench_draft JOIN cases_case USING (id)
    WHERE turn = (SELECT nextval('bench_turn')) FOR UPDATE OF cases_case
), series AS (
    INSERT INTO cases_codeseries AS given (agency_code, day, last) SELECT agency, current_date, 1 FROM draft
    ON CONFLICT (agency_code, day) DO UPDATE SET last = given.last + 1 RETURNING last
), sent AS (
    UPDATE cases_case AS old SET
        state = 'SUBMITTED', revision = old.revision + 1, last_move = 'submit', moved_by = old.account_id,
        moved_by_name = old.applicant_name, moved_at = now(), submitted_at = now(), urgent_at = now(),
        latest_at = now(), competent_agency_id = old.receiving_agency_id, participants = ARRAY[old.receiving_agency_id],
        step = 'tiep-nhan', step_from_at = now(), step_counted_at = now(), step_due_at = now() + interval '1 hour',
        holder_unit_id = old.receiving_agency_id, holder_role = 'ONE_STOP_CLERK', answers = old.answers,
        code = agency || '-' || to_char(current_date, 'YYMMDD') || '-' || lpad(last::text, 4, '0'),
        folded = to_char(current_date, 'YYMMDD') || '-' || lpad(last::text, 4, '0') || draft.words,
        accented = to_char(current_date, 'YYMMDD') || '-' || lpad(last::text, 4, '0') || draft.accented_words
    FROM draft, series WHERE old.id = draft.id RETURNING old.*
), papers AS (
    INSERT INTO cases_paper (id, case_id, paper, state, originals, copies, source, source_record, note)
    SELECT gen_random_uuid(), sent.id, paper, 'GIVEN', 0, 0, '', '', ''
    FROM sent, unnest(ARRAY['to-khai', 'giay-chung-sinh', 'giay-to-tuy-than', 'giay-chung-nhan-ket-hon']) AS paper
), way AS (
    INSERT INTO cases_delivery (id, case_id, state, receiver_name, receiver_number, receiver_relation, identity_paper,
        authorisation, earlier)
    SELECT gen_random_uuid(), id, 'WAITING', '', '', '', '', '', '[]' FROM sent
)
INSERT INTO kernel_eventrecord (id, name, subject_id, actor_kind, actor_id, actor_name, origin, at, facts)
SELECT gen_random_uuid(), 'cases.CaseSubmitted', id, 'PUBLIC', account_id, '', '127.0.0.1', now(), jsonb_build_object(
    'code', code, 'procedure', 'dang-ky-khai-sinh', 'version', 1, 'channel', 'ONLINE', 'typed', false,
    'receiving_agency', receiving_agency_id, 'competent_agency', competent_agency_id) FROM sent;
"""

"""Imports, exports and bulk work whose process is killed at one statement after the other.

After each kill nothing is half-written; the next process begins with what is committed, and nothing is done twice.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from camaug.access.actions.join_accounts import join_accounts
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.actions.receive import receive
from camaug.cases.actions.start_batch import Order, start_batch
from camaug.cases.actions.work_batch import finish_batch, work_item
from camaug.cases.bulk import MOVES, PRINT
from camaug.cases.models import Batch, Case
from camaug.catalogue.actions.import_draft import import_draft
from camaug.catalogue.models import ProcedureDraft
from camaug.catalogue.profile_files import read_vocabulary
from camaug.catalogue.yaml_files import to_yaml
from camaug.gateway.actions.replay import begin_replay, go_on
from camaug.gateway.models import Replay, Shipment
from camaug.kernel.actors import SYSTEM
from camaug.kernel.files.store import open_blob
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.kernel.tables.reading import read_table
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.confirm_import import confirm_import
from camaug.people.actions.send_table import send_table
from camaug.people.loading import export_file
from camaug.people.models import Agency, Import, Officer, Position
from tests.applications import carry, real, send_birth
from tests.killing import kills
from tests.unit.catalogue.samples import PROFILE
from tests.world import AT, COMMUNE, World, build

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 3


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small province as other processes see it."""
    return build()


BATCHES = {
    "receive": ("", "clerk", {}, "cases.CaseReceived"),
    "hand_over": ("RECEIVED", "clerk", {}, "cases.CaseHandedOver"),
    "propose": ("EXAMINE", "specialist", {"note": "Đủ điều kiện."}, "cases.DecisionProposed"),
    "approve": ("APPROVE", "chairman", {"note": "Đồng ý."}, "cases.CaseGranted"),
    "send_back": ("APPROVE", "chairman", {"reason": "Xem lại nơi cư trú."}, "cases.CaseSentBack"),
    "assign": ("EXAMINE", "chairman", {"to": "specialist"}, "cases.CaseAssigned"),
    "publish_result": ("PUBLISH", "registrar", {}, "cases.ResultPublished"),
    "hand_out": ("RETURN", "clerk", {}, "cases.ResultHandedOut"),
    "print": ("RETURN", "clerk", {"what": "RECEIPT"}, ""),
}


def test_every_work_for_many_is_among_them() -> None:
    assert set(BATCHES) == {*MOVES, PRINT}


@pytest.mark.parametrize("move", BATCHES)
def test_work_for_many_is_done_once_for_each_however_often_it_is_killed(committed: World, move: str) -> None:
    step, who, words, fact = BATCHES[move]
    cases = [prepared(committed, step) for _ in range(CASES)]
    said = {**words, **({"to": str(committed.officer("specialist").posts[0].id)} if "to" in words else {})}
    order = Order(request_key=uuid7(), move=move, cases=tuple((c.id, c.revision) for c in cases), words=said)
    before = facts(cases, fact)
    batch = start_batch(order, by=committed.officer(who), at=AT)
    deaths = 0
    for _killed in kills(lambda: work(batch), step=9):
        deaths += 1
        assert facts(cases, fact) - before == (done(batch) if fact else 0), "moved without its mark, or marked alone"
        assert not Batch.objects.filter(pk=batch.pk, finished_at__isnull=False).exists()
    batch.refresh_from_db()
    assert deaths >= CASES
    assert list(batch.items.values_list("state", "sentence")) == [("DONE", "")] * CASES
    assert facts(cases, fact) - before == (CASES if fact else 0)
    assert EventRecord.objects.filter(name="cases.BatchFinished", subject_id=batch.id).count() == 1
    assert (batch.blob is not None) == (move == PRINT)
    if batch.blob:
        with open_blob(batch.blob) as paper:
            assert paper.read().rstrip().endswith(b"%%EOF")


def prepared(world: World, step: str) -> Case:
    case = send_birth(world)
    if step == "RECEIVED":
        return receive(case.id, by=world.officer("clerk"), at=AT, forward=False)
    return carry(world, case, to=step) if step else case


def work(batch: Batch) -> None:
    """What the worker does with it."""
    while work_item(batch.id, by=SYSTEM, at=AT):
        pass
    finish_batch(batch.id, by=SYSTEM, at=AT)


def facts(cases: list[Case], name: str) -> int:
    return EventRecord.objects.filter(subject_id__in=[case.pk for case in cases], name=name).count()


def done(batch: Batch) -> int:
    return batch.items.filter(state="DONE").count()


TABLES = {
    "AGENCIES": (
        "code;name;kind;level;parent;from_date\n"
        "H12.98;Trung tâm Thử;{kind};{level};;01/12/2026\nH12.98.1;Tổ Thử;{kind};{level};H12.98;01/12/2026\n"
    ),
    "OFFICERS": (
        "official_email;full_name;phone\nmoi1@camau.gov.vn;Trần Văn Mới;918000001\nmoi2@camau.gov.vn;Lê Thị Mới;\n"
    ),
    "POSITIONS": (
        "official_email;agency;title;from_date\n"
        "{clerk};{commune};Kế toán;23/11/2026\n{chairman};{commune};Trưởng ban;23/11/2026\n"
    ),
}
MADE = {
    "AGENCIES": lambda: Agency.objects.filter(code__startswith="H12.98").count(),
    "OFFICERS": lambda: Officer.objects.filter(official_email__startswith="moi").count(),
    "POSITIONS": lambda: Position.objects.filter(title__in=["Kế toán", "Trưởng ban"]).count(),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_imported_whole_and_once_however_often_it_is_killed(committed: World, kind: str) -> None:
    run = send_table(kind, table(committed, kind), file_name="a.csv", language="vi", by=SYSTEM, at=AT)
    for _killed in kills(lambda: carry_import(run.id, progress=unseen, at=AT), step=2):
        assert (state_of(run), MADE[kind]()) == ("WAITING", 0)
    run.refresh_from_db()
    assert (run.state, run.new, run.problems) == ("CHECKED", 2, [])
    confirm_import(run.id, by=SYSTEM, at=AT)
    deaths = 0
    for _killed in kills(lambda: carry_import(run.id, progress=unseen, at=AT), step=2):
        deaths += 1
        assert (state_of(run), MADE[kind]()) == ("CONFIRMED", 0)
    assert deaths > 3
    assert (state_of(run), MADE[kind]()) == ("IMPORTED", 2)
    assert EventRecord.objects.filter(name="people.TableImported", subject_id=run.id).count() == 1
    assert not carry_import(run.id, progress=unseen, at=AT)


def table(world: World, kind: str) -> bytes:
    term = Agency.objects.get(code=COMMUNE).terms.select_related("kind", "level").latest("valid_from")
    names = {who: Account.objects.get(pk=world.officers[who]).email for who in ("clerk", "chairman")}
    return TABLES[kind].format(kind=term.kind.code, level=term.level.code, commune=COMMUNE, **names).encode()


def unseen(_done: int, _total: int) -> None:
    """Nobody looks on."""


def state_of(run: Import) -> str:
    return Import.objects.get(pk=run.pk).state


def test_a_procedure_from_a_file_becomes_one_draft_however_often_it_is_killed(committed: World) -> None:
    text = to_yaml(real("chung-thuc-ban-sao"), read_vocabulary(PROFILE)).encode()
    deaths = 0
    for _killed in kills(lambda: import_draft(text, file_name="a.yaml", by=SYSTEM, at=AT)):
        deaths += 1
        assert not ProcedureDraft.objects.exists()
    assert deaths > 2
    assert ProcedureDraft.objects.count() == 1
    assert EventRecord.objects.filter(name="catalogue.DraftBegun").count() == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", TABLES)
def test_a_written_table_replaces_the_former_one_whole(
    committed: World, tmp_path: Path, kind: str, ending: str
) -> None:
    file = tmp_path / f"bảng.{ending}"
    whole = export_file(kind, file, at=AT)
    before = file.read_bytes()
    for _killed in kills(lambda: export_file(kind, file, at=AT)):
        assert file.read_bytes() == before
    assert len(read_table(file.read_bytes(), file.name)) == whole + 1
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_cases_are_told_again_once_each_however_often_it_is_killed(committed: World) -> None:
    cases = {send_birth(committed).pk for _ in range(5)}
    replay = begin_replay(AT - timedelta(days=1), by=SYSTEM, at=AT)

    def tell() -> None:
        while go_on(replay.id, by=SYSTEM, at=AT, batch=2):
            pass

    places = []
    for _killed in kills(tell):
        replay.refresh_from_db()
        assert Shipment.objects.count() == replay.cases, "told without its mark, or marked alone"
        places.append(replay.cases)
    assert set(places) >= {0, 2, 4}
    assert {shipment.case_id for shipment in Shipment.objects.all()} == cases
    assert (Replay.objects.get().cases, Shipment.objects.count()) == (5, 5)
    assert EventRecord.objects.filter(name="gateway.CasesReplayed").count() == 1


def test_two_accounts_become_one_whole_or_not_at_all(committed: World) -> None:
    mother = Account.objects.get(pk=committed.citizens["mother"])
    other = Account.objects.create(kind="CITIZEN", phone="+84918000777", password="!", created_at=AT)
    case = send_birth(committed)
    Case.objects.filter(pk=case.pk).update(account=other)
    by = actor_of(mother, at=AT, origin="test")
    for _killed in kills(lambda: join_accounts(other.pk, into=mother.pk, by=by, at=AT), step=5):
        assert Account.objects.get(pk=other.pk).is_active
        assert Case.objects.filter(pk=case.pk, account=other).exists()
        assert not EventRecord.objects.filter(name="access.AccountsJoined").exists()
    assert Account.objects.get(pk=other.pk).joined_to_id == mother.pk
    assert Case.objects.filter(pk=case.pk, account=mother).exists()
    assert EventRecord.objects.filter(name="access.AccountsJoined").count() == 1

"""A draft is changed whole or not at all, by administrators, and by one of two who hold the same page open."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from camaug.catalogue.actions.begin_draft import CodeNotFit, DraftIsOpen, ProcedureIsThere, begin_draft
from camaug.catalogue.actions.change_draft import change_draft
from camaug.catalogue.actions.copy_version import copy_version
from camaug.catalogue.actions.import_draft import FileNotFit, FileTooLong, import_draft
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.actions.withdraw_version import EndNotFit, VersionIsOver, withdraw_version
from camaug.catalogue.drafting.edits import Removed, Replaced
from camaug.catalogue.drafting.faults import definition_of
from camaug.catalogue.models import ProcedureDraft, ProcedureVersion
from camaug.catalogue.profile_files import read_vocabulary
from camaug.catalogue.queries import current, versions
from camaug.catalogue.yaml_files import to_yaml
from camaug.kernel.actors import SYSTEM, Actor, ActorKind
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.history import ChangedMeanwhile
from camaug.kernel.models import EventRecord
from tests.integration.catalogue.conftest import NOW
from tests.unit.catalogue.samples import KNOWN, PROFILE, changed, real

CODE = "chung-thuc-ban-sao"
pytestmark = pytest.mark.usefixtures("catalogue")
SUMMARY = Replaced(place=("summary",), value="Khác.")


def copy() -> ProcedureDraft:
    return copy_version(current(CODE, NOW.date()).id, by=SYSTEM, at=NOW)


def test_each_change_is_written_down_once_with_what_it_was_about() -> None:
    draft = copy()
    change_draft(draft.id, SUMMARY, seen=1, by=SYSTEM, at=NOW)
    change_draft(draft.id, SUMMARY, seen=2, by=SYSTEM, at=NOW)
    gone = Removed(place=("papers", 0), was=draft.content["papers"][0]["name"])
    change_draft(draft.id, gone, seen=2, by=SYSTEM, at=NOW)
    facts = [row.facts for row in EventRecord.objects.filter(name="catalogue.DraftChanged").order_by("id")]
    assert [(fact["what"], fact["place"]) for fact in facts] == [("PUT", "summary"), ("REMOVED", "papers/0")]
    draft.refresh_from_db()
    assert draft.revision == 3


def test_an_older_page_is_refused_and_changes_nothing() -> None:
    draft = copy()
    change_draft(draft.id, SUMMARY, seen=1, by=SYSTEM, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        change_draft(draft.id, Replaced(place=("summary",), value="Cũ."), seen=1, by=SYSTEM, at=NOW)
    draft.refresh_from_db()
    assert draft.content["summary"] == "Khác."


def test_only_administrators_write_drafts() -> None:
    officer = Actor(kind=ActorKind.STAFF, name="Trần Thị Minh")
    draft = copy()
    with pytest.raises(NotAllowed, match="quản trị viên"):
        change_draft(draft.id, SUMMARY, seen=1, by=officer, at=NOW)
    with pytest.raises(NotAllowed):
        begin_draft("moi", by=officer, at=NOW)
    with pytest.raises(NotAllowed):
        withdraw_version(current(CODE, NOW.date()).id, until=NOW.date(), by=officer, at=NOW)


def test_one_draft_a_procedure_and_one_procedure_a_name() -> None:
    copy()
    with pytest.raises(DraftIsOpen):
        copy()
    with pytest.raises(ProcedureIsThere):
        begin_draft(CODE, by=SYSTEM, at=NOW)
    for code in ("", "Có Dấu", "-a", "a" * 61):
        with pytest.raises(CodeNotFit):
            begin_draft(code, by=SYSTEM, at=NOW)
    with pytest.raises(NotFound):
        change_draft(current(CODE, NOW.date()).id, SUMMARY, seen=1, by=SYSTEM, at=NOW)


def test_an_exported_procedure_is_imported_as_the_same() -> None:
    vocabulary = read_vocabulary(PROFILE)
    text = to_yaml(real(CODE), vocabulary)
    draft = import_draft(text.encode(), file_name="a.yaml", by=SYSTEM, at=NOW)
    assert to_yaml(definition_of(draft.content), vocabulary).partition("name:")[2] == text.partition("name:")[2]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: ", "nname: ", "name: còn thiếu"),
        ("amount: ", "amount: x", "limits"),
        ("code: ", "- code: ", "line"),
        ("field: chung-thuc", "field: khong-co", "field"),
    ],
)
def test_a_file_with_a_slip_is_refused_by_its_place(old: str, new: str, said: str) -> None:
    text = to_yaml(real(CODE), read_vocabulary(PROFILE))
    assert old in text
    with pytest.raises(FileNotFit, match=said):
        import_draft(text.replace(old, new, 1).encode(), file_name="a.yaml", by=SYSTEM, at=NOW)
    assert not ProcedureDraft.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"5", b"? {a: b}\n: c", b"{list: {a: b}}", b"[" * 5000])
def test_whatever_is_sent_as_a_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(FileNotFit):
        import_draft(content, file_name="a.yaml", by=SYSTEM, at=NOW)


def test_a_file_that_is_too_long_is_not_read() -> None:
    with pytest.raises(FileTooLong):
        import_draft(b" " * 300_000, file_name="a.yaml", by=SYSTEM, at=NOW)


def later(number: int, day: date) -> ProcedureVersion:
    made = changed(real(CODE), version=number, valid_from=day.isoformat(), summary=f"Bản {number}.")
    return publish_version(made, known=KNOWN, by=SYSTEM, at=NOW)


def test_of_two_versions_to_come_either_is_taken_back_and_no_day_is_left_without_one() -> None:
    first, second = NOW.date() + timedelta(days=10), NOW.date() + timedelta(days=20)
    two, three = later(2, first), later(3, second)
    withdraw_version(two.id, by=SYSTEM, at=NOW)
    assert [(one.number, one.valid_until) for one in versions(CODE)] == [(1, second), (3, None)]
    withdraw_version(three.id, by=SYSTEM, at=NOW)
    assert [(one.number, one.valid_until) for one in versions(CODE)] == [(1, None)]
    with pytest.raises(VersionIsOver):
        withdraw_version(two.id, by=SYSTEM, at=NOW)
    assert later(4, first).number == 4


def test_a_version_in_force_ends_on_a_day_to_come_before_the_next_begins() -> None:
    later(2, NOW.date() + timedelta(days=10))
    version = current(CODE, NOW.date()).id
    for days in (0, -1, 10, 11):
        with pytest.raises(EndNotFit):
            withdraw_version(version, until=NOW.date() + timedelta(days=days), by=SYSTEM, at=NOW)
    withdraw_version(version, until=NOW.date() + timedelta(days=5), by=SYSTEM, at=NOW)
    assert versions(CODE)[0].valid_until == NOW.date() + timedelta(days=5)


KILLED = """
    import os, signal, sys, uuid
    import django
    django.setup()
    from django.db import transaction
    from camaug.catalogue.actions.change_draft import change_draft
    from camaug.catalogue.drafting.edits import Replaced
    from camaug.kernel.actors import SYSTEM
    from camaug.kernel.clock import now
    with transaction.atomic():
        change_draft(uuid.UUID(sys.argv[1]), Replaced(place=("summary",), value="Nửa chừng."), seen=1, by=SYSTEM, at=now())
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_killed_leaves_the_draft_as_it_was_and_can_be_done_again() -> None:
    draft = copy()
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}
    program = [sys.executable, "-c", textwrap.dedent(KILLED), str(draft.id)]
    assert subprocess.run(program, env=environment, check=False).returncode == -signal.SIGKILL
    draft.refresh_from_db()
    assert (draft.revision, draft.content["summary"]) == (1, real(CODE).summary)
    assert not EventRecord.objects.filter(name="catalogue.DraftChanged").exists()
    assert change_draft(draft.id, SUMMARY, seen=1, by=SYSTEM, at=NOW).revision == 2

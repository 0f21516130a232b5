"""A new key, and everything that lies encrypted brought under it, however often it is broken off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import Case, ListReading
from camaug.cases.words import find_by
from camaug.catalogue.queries import definition
from camaug.kernel.encryption import add_key, decrypt, is_current, make_keys
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.models import Blob
from camaug.kernel.rotation import Encrypted, every_column, every_trace, rotate, rotate_files
from tests.world import AT, World


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def keys(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA_KEYS_FILE = str(tmp_path / "data-keys")
    make_keys(tmp_path / "data-keys")
    return tmp_path / "data-keys"


@pytest.fixture
def cases(world: World, keys: Path) -> list[Case]:
    by = world.citizen("mother")
    begun = [start("tro-cap-xa-hoi-hang-thang", by=by, at=AT) for _ in range(5)]
    return [
        save(case.id, Changes(answers={"group": group}), by=by, at=AT)
        for case, group in zip(begun, ("DISABLED", "ELDERLY", "HIV_ADULT", "PUPIL", "DISABLED"), strict=True)
    ]


def stored() -> list[str]:
    return [row["answers"]["group"] for row in Case.objects.order_by("pk").values("answers") if row["answers"]]


def column(name: str) -> Encrypted:
    (found,) = (one for one in (*every_column(), *every_trace()) if f"{one.model}.{one.column}" == name)
    return found


def silent(_done: int, _total: int) -> None:
    pass


def killed_after(batches: int) -> Callable[[int, int], None]:
    done = []

    def progress(seen: int, _total: int) -> None:
        done.append(seen)
        if len(done) == batches:
            raise Killed

    return progress


def test_answers_come_under_the_new_key_and_the_old_one_can_go(cases: list[Case], keys: Path) -> None:
    name = add_key(keys)
    told = rotate(column("cases.Case.answers"), progress=silent, batch=2)
    assert (told.seen, told.renewed, told.unreadable) == (5, 5, [])
    assert all(map(is_current, stored()))
    keys.write_text("".join(line for line in keys.read_text().splitlines(keepends=True) if line.startswith(name)))
    assert [case.answers["group"] for case in Case.objects.order_by("pk")] == [case.answers["group"] for case in cases]


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_broken_off_anywhere_it_goes_on_with_the_rest(cases: list[Case], keys: Path, batches: int) -> None:
    add_key(keys)
    with pytest.raises(Killed):
        rotate(column("cases.Case.answers"), progress=killed_after(batches), batch=2)
    done = sum(map(is_current, stored()))
    assert 0 < done <= 5
    told = rotate(column("cases.Case.answers"), progress=silent, batch=2)
    assert told.renewed == 5 - done
    assert [case.answers["group"] for case in Case.objects.order_by("pk")] == [case.answers["group"] for case in cases]


def test_a_second_time_there_is_nothing_to_do(cases: list[Case], keys: Path) -> None:
    add_key(keys)
    rotate(column("cases.Case.answers"), progress=silent)
    assert rotate(column("cases.Case.answers"), progress=silent).renewed == 0


def test_what_lay_open_before_it_was_called_sensitive_is_hidden(cases: list[Case]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE cases_case SET answers = '{"group": "DISABLED", "lives_with": "Một mình"}'""")
    assert rotate(column("cases.Case.answers"), progress=silent).renewed == 5
    assert all(map(is_current, stored()))
    assert {case.answers["lives_with"] for case in Case.objects.all()} == {"Một mình"}


def test_what_cannot_be_read_is_named_and_left(cases: list[Case], keys: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET answers = (SELECT answers FROM cases_case WHERE id = %s) WHERE id = %s",
            [cases[0].id, cases[1].id],
        )
    add_key(keys)
    told = rotate(column("cases.Case.answers"), progress=silent)
    assert told.renewed == 4
    (named,) = told.unreadable
    assert str(cases[1].id) in named


def test_a_file_that_no_row_names_is_renewed_too_and_what_is_left_is_counted(
    db: None, keys: Path, tmp_path: Path, settings: LazySettings
) -> None:
    backend = {"BACKEND": "camaug.kernel.files.storage.SealedFolder", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    store = storages["default"]
    assert isinstance(store, SealedFolder)
    Blob.objects.all().delete()
    for name in ("aa/bb/aabb", "cc/dd/ccdd"):
        store.save(name, ContentFile(b"left by a transaction that was undone"))
    (tmp_path / "files/aa/bb/.part-x").write_bytes(b"half")
    old = keys.read_text()
    name = add_key(keys)
    told = rotate_files(progress=silent)
    assert (told.seen, told.renewed, told.left, told.unreadable) == (2, 2, 0, [])
    keys.write_text(old + f"{name} {keys.read_text().split()[1]}\n")
    assert not store.is_current("aa/bb/aabb")
    keys.write_text(old)
    told = rotate_files(progress=silent)
    assert (told.renewed, told.left, len(told.unreadable)) == (0, 2, 2)


def test_words_that_were_found_before_they_were_called_sensitive_are_found_no_more(cases: list[Case]) -> None:
    Case.objects.update(folded="hiv tran", accented="hiv trần")
    for name in ("folded", "accented"):
        assert rotate(column(f"cases.Case.{name}"), progress=silent, batch=2).renewed == 5
        assert rotate(column(f"cases.Case.{name}"), progress=silent, batch=2).renewed == 0
    for case in Case.objects.all():
        said = (case.folded, case.accented)
        find_by(case, definition(case.version_id))
        assert (case.folded, case.accented) == said
        assert "hiv" not in case.folded


def test_words_of_a_search_are_rotated_too(world: World, keys: Path) -> None:
    note_list_read("search", {"words": "Lan"}, by=world.officer("clerk"), at=AT)
    add_key(keys)
    assert rotate(column("cases.ListReading.asked"), progress=silent).renewed == 1
    row: Any = ListReading.objects.get()
    assert decrypt(row.asked, about=f"cases.listreading.asked:{row.pk}") == '{"words": "Lan"}'

"""What people write in a case and what its papers say lies encrypted; pages, papers and programs read it as it was."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import F, Model, Value
from pypdf import PdfReader

from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.approve import approve
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.models import Case, Consultation, Note, Outcome, Result, Slip
from camaug.cases.queries.as_json import EXPANSIONS
from camaug.kernel.actors import SYSTEM
from camaug.kernel.closed import Closed, ClosedWhole
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.files.store import open_blob
from camaug.kernel.rows import Together
from tests.applications import carry, send_birth
from tests.belongings import belongings
from tests.callers import program_of
from tests.desks import desk_of, page_of
from tests.world import AT, OTHER_COMMUNE, World

ASKED, ANSWERED, PROPOSED = "Mẹ có đang điều trị không?", "Đang điều trị ngoại trú.", "Người mẹ “ốm”\n nên cần xem xét."


@pytest.fixture
def told(world: World) -> Case:
    """A case in which officers wrote what nobody else is to know, decided."""
    case, specialist = carry(world, send_birth(world), to="EXAMINE"), world.officer("specialist")
    consult(case.id, Question(text=ASKED, agency=world.agencies[OTHER_COMMUNE], hours=16), by=specialist, at=AT)
    said = Answer(verdict="INFORMS", text=ANSWERED)
    answer(case.id, case.consultations.get().id, said, by=world.officer("other_clerk"), at=AT)
    propose(case.id, Outcome.GRANTED, note=PROPOSED, by=specialist, at=AT)
    approve(case.id, by=world.officer("chairman"), at=AT)
    return publish_result(case.id, by=world.officer("registrar"), at=AT)


def lying(model: type[Model], column: str) -> list[str]:
    """What somebody with the database's password alone reads."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text FROM {model._meta.db_table} ORDER BY id")
        return [str(value) for (value,) in cursor.fetchall()]


def closing() -> Iterator[tuple[type[Model], str]]:
    """Every column that is closed as a whole."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ClosedWhole):
                yield model, field.attname


COLUMNS = [(Note, "text", PROPOSED), (Consultation, "question", ASKED), (Consultation, "answer", ANSWERED)]


@pytest.mark.parametrize(("model", "column", "words"), COLUMNS, ids=[f"{m.__name__}.{c}" for m, c, _w in COLUMNS])
def test_words_are_not_in_the_database_and_read_as_they_were_written(
    told: Case, model: type[Model], column: str, words: str
) -> None:
    assert all(kept.startswith("e1:") for kept in lying(model, column))
    assert words.strip() in {getattr(row, column) for row in model._default_manager.all()}


def test_what_papers_say_is_not_in_the_database(told: Case) -> None:
    name = told.answers["child_name"]
    for model in (Result, Slip):
        kept = lying(model, "facts")
        assert kept
        assert all(one.startswith('"e1:') for one in kept)
    assert name in str(told.results.get().facts).title()
    assert told.code == told.slips.get(form=1).facts["code"]
    with open_blob(print_result(told.results.get().id, by=SYSTEM, at=AT)) as paper:
        assert name.upper() in " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.read())).pages).upper()


def test_the_desk_reads_them(world: World, told: Case) -> None:
    page = desk_of(world, "specialist").get(page_of(told)).content.decode()
    assert ASKED in page
    assert ANSWERED in page
    assert "Người mẹ “ốm”" in page
    assert "e1:" not in page


def test_a_program_reads_them(world: World, told: Case) -> None:
    sent = program_of(world.officer("specialist")).get(f"/cases/{told.code}?expand={','.join(EXPANSIONS)}")
    (asked,) = sent.json()["consultations"]
    assert (asked["question"], asked["answer"]) == (ASKED, ANSWERED)
    assert PROPOSED in {one["words"] for one in sent.json()["happenings"]}
    assert set(sent.json()["happenings"][0]) == {"event", "at", "agency", "actor", "words"}
    assert "e1:" not in sent.content.decode()


def test_whatever_the_pages_show_was_written_closed(world: World, told: Case) -> None:
    belongings(world)
    for model, column in closing():
        open_ones = [
            kept for kept in lying(model, column) if kept and not kept.lstrip('"\\x').startswith(("e1:", "65313a"))
        ]
        assert open_ones == [], f"{model.__name__}.{column}"
    assert lying(Note, "text")


MOVED = {
    "into another row": "UPDATE cases_note SET text = (SELECT text FROM cases_note WHERE id = %(note)s) WHERE id = %(put)s",
    "with its row into another case": "UPDATE cases_note SET case_id = %(other)s WHERE id = %(put)s",
}


@pytest.mark.parametrize("statement", MOVED.values(), ids=MOVED)
def test_it_fits_its_own_row_of_its_own_case_alone(world: World, told: Case, statement: str) -> None:
    note, put, other = told.notes.get(), told.notes.create(text="của tôi", at=AT), send_birth(world)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"note": note.id, "put": put.id, "other": other.id})
    with pytest.raises(NotDecrypted):
        _ = Note.objects.get(pk=put.id).text


def test_what_only_looks_encrypted_is_read_as_it_was_typed_and_nothing_stays_nothing(told: Case) -> None:
    for words in ("e1:abc:def", "", "“”\\\n"):
        note = told.notes.create(text=words, at=AT)
        assert Note.objects.get(pk=note.pk).text == words
    assert "" in lying(Note, "text")


@pytest.mark.parametrize("way", ["save", "bulk_create", "together"])
def test_whatever_writes_a_row_closes_it(told: Case, way: str) -> None:
    note = told.notes.get()
    note.text = "Lời mới"
    if way == "save":
        note.save(update_fields=["text"])
    elif way == "bulk_create":
        Note.objects.filter(pk=note.pk).delete()
        Note.objects.bulk_create([note])
    else:
        with transaction.atomic():
            together = Together()
            together.change(note, ["text"])
            together.write()
    (kept,) = lying(Note, "text")
    assert kept.startswith("e1:")
    assert Note.objects.get().text == "Lời mới"


def test_nothing_can_be_written_open_or_looked_for(told: Case) -> None:
    note = told.notes.get()
    for wrong in ("Lời khác", Value("Lời khác")):
        with pytest.raises(TypeError, match=r"cases\.Note\.text is written with its row"), transaction.atomic():
            Note.objects.update(text=wrong)
    note.text = "Lời khác"
    with pytest.raises(TypeError, match=r"cases\.Note\.text"), transaction.atomic():
        Note.objects.bulk_update([note], ["text"])
    with pytest.raises(TypeError, match=r"cases\.Result\.facts"), transaction.atomic():
        Result.objects.update(facts={"name": "Ai đó"})
    for found in ({"text__icontains": "mẹ"}, {"text__startswith": "Người"}):
        with pytest.raises(FieldError):
            Note.objects.filter(**found)
    with pytest.raises(FieldError):
        Result.objects.filter(facts__name="Ai đó")
    assert Note.objects.get().text == PROPOSED.strip()


def test_past_its_row_it_is_no_text(told: Case) -> None:
    (kept,) = Note.objects.values_list("text", flat=True)
    assert isinstance(kept, Closed)
    (kept,) = Note.objects.annotate(words=F("text")).values_list("words", flat=True)
    assert isinstance(kept, Closed)


def test_what_nobody_asked_for_is_written_again_as_it_lies(told: Case) -> None:
    before = lying(Consultation, "question")
    asked = told.consultations.get()
    asked.verdict = "AGREES"
    asked.save()
    assert lying(Consultation, "question") == before
    assert told.consultations.defer("question").get().question == ASKED


def test_what_lies_open_from_before_is_read_as_it_lies(world: World, told: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_note SET text = 'Lời cũ'")
        cursor.execute("""UPDATE cases_result SET facts = '{"name": "Tên cũ"}'""")
        cursor.execute("UPDATE cases_consultation SET question = 'Hỏi cũ', answer = ''")
    assert (told.notes.get().text, told.results.get().facts) == ("Lời cũ", {"name": "Tên cũ"})
    sent: Any = (
        program_of(world.officer("specialist")).get(f"/cases/{told.code}?expand=happenings,consultations").json()
    )
    assert [(one["question"], one["answer"]) for one in sent["consultations"]] == [("Hỏi cũ", "")]
    assert "Lời cũ" in {one["words"] for one in sent["happenings"]}


def test_what_nobody_asks_for_is_not_opened(told: Case) -> None:
    result = told.results.get()
    assert result.name
    assert isinstance(vars(result)["facts"], Closed)

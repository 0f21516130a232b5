"""Something in every column that lies encrypted, for a dump."""

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.correct import correct
from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.actions.propose import propose
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.models import Outcome
from camaug.catalogue.queries import current
from camaug.kernel.clock import now
from tests.applications import ALLOWANCE, carry, photo, send_birth
from tests.callers import program_of
from tests.world import AT, COMMUNE, OTHER_COMMUNE, World


def close(world: World) -> None:
    """Answers, corrections, questions, notes, searches, what a program was told, a file that has come by half."""
    _corrected(world)
    _consulted(world)
    clerk = world.officer("clerk")
    for words in ("Lan", "096194000123"):
        note_list_read("search", {"words": words}, by=clerk, at=AT)
    mother = program_of(world.citizen("mother", at=now()))
    octets = photo()
    upload = mother.post("/uploads", {"file_name": "a.jpg", "size": len(octets)}).json()["id"]
    mother.send("PATCH", f"/uploads/{upload}", octets[: len(octets) // 2], Upload_Offset="0")


def _corrected(world: World) -> None:
    """A case with sensitive answers, one of which its applicant corrects while a supplement is asked for."""
    mother = world.citizen("mother")
    case = start("tro-cap-xa-hoi-hang-thang", by=mother, at=AT)
    save(case.id, Changes(answers=ALLOWANCE, receiving_agency=world.agencies[COMMUNE]), by=mother, at=AT)
    for paper in current("tro-cap-xa-hoi-hang-thang", AT.date()).definition.papers:
        add_file(case.id, paper.id, content=photo(), file_name="a.jpg", by=mother, at=AT)
    sent = submit(case.id, by=mother, at=AT)
    item = Item("", "Tờ khai", "Ghi sai nhóm đối tượng.")
    request_supplement(sent.id, [item], reason=item.reason, by=world.officer("clerk"), at=AT)
    correct(sent.id, {"group": "ELDERLY"}, by=mother, at=AT)


def _consulted(world: World) -> None:
    """A case in which another commune was asked and has answered, so that the specialist says what he proposes."""
    asked = Question(text="Số 15 có đúng không?", agency=world.agencies[OTHER_COMMUNE], hours=16)
    case = carry(world, send_birth(world), to="EXAMINE")
    question = consult(case.id, asked, by=world.officer("specialist"), at=AT).consultations.get()
    said = Answer(verdict="INFORMS", text="Đã đăng ký ngày 20/5/2022, số 15.")
    answer(case.id, question.id, said, by=world.officer("other_clerk"), at=AT)
    propose(case.id, Outcome.GRANTED, note="Hồ sơ đủ căn cứ.", by=world.officer("specialist"), at=AT)

"""The guide by events of life: what is wrong in it is told, and the province's own leads to every procedure."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from camaug.catalogue.guide import Guide, guide_faults
from camaug.catalogue.profile_files import read_guide
from tests.unit.catalogue.samples import PROFILE, catalogue

type Plain = dict[str, Any]


def small() -> Plain:
    """Two questions, three procedures."""
    return {
        "start": "viec",
        "questions": [
            {
                "id": "viec",
                "ask": "Việc gì?",
                "answers": [
                    {"id": "con", "label": "Con", "next": "con"},
                    {"id": "nha", "label": "Nhà", "leads": [{"procedure": "xay-nha", "because": "Vì xây."}]},
                ],
            },
            {
                "id": "con",
                "ask": "Con gì?",
                "answers": [
                    {"id": "sinh", "label": "Sinh", "leads": [{"procedure": "khai-sinh", "because": "Vì sinh."}]},
                    {"id": "nhan", "label": "Nhận", "leads": [{"procedure": "nhan-con", "because": "Vì nhận."}]},
                ],
            },
        ],
    }


KNOWN = {"xay-nha", "khai-sinh", "nhan-con"}


def faults(plain: Plain) -> list[tuple[str, str]]:
    return list(guide_faults(Guide.model_validate(plain), KNOWN, KNOWN))


def _no_such_question(plain: Plain) -> None:
    plain["questions"][0]["answers"][0]["next"] = "chau"


def _circle(plain: Plain) -> None:
    plain["questions"][1]["answers"].append({"id": "lai", "label": "Lại", "next": "viec"})


def _no_such_procedure(plain: Plain) -> None:
    plain["questions"][1]["answers"][0]["leads"][0]["procedure"] = "khai-tu"


def _nobody_comes_here(plain: Plain) -> None:
    plain["questions"].append({**plain["questions"][1], "id": "chau"})


def _not_reached(plain: Plain) -> None:
    del plain["questions"][1]["answers"][1]
    plain["questions"][1]["answers"].append({**plain["questions"][1]["answers"][0], "id": "khac"})


def _two_questions(plain: Plain) -> None:
    plain["questions"].append(plain["questions"][1])


def _two_answers(plain: Plain) -> None:
    plain["questions"][1]["answers"][1]["id"] = "sinh"


def _no_start(plain: Plain) -> None:
    plain["start"] = "dau"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda plain: None, []),
        (
            _no_such_question,
            [
                ("viec > con", "there is no question “chau”"),
                ("con", "no answer leads to this question"),
                ("questions", "nothing leads to the procedure “khai-sinh”"),
                ("questions", "nothing leads to the procedure “nhan-con”"),
            ],
        ),
        (_circle, [("viec", "the questions come back to this one")]),
        (
            _no_such_procedure,
            [
                ("con > sinh", "there is no procedure “khai-tu”"),
                ("questions", "nothing leads to the procedure “khai-sinh”"),
            ],
        ),
        (_nobody_comes_here, [("chau", "no answer leads to this question")]),
        (_not_reached, [("questions", "nothing leads to the procedure “nhan-con”")]),
        (_two_questions, [("questions", "two questions have the same id")]),
        (_two_answers, [("con", "two answers have the same id")]),
        (_no_start, [("start", "there is no question “dau”")]),
    ],
)
def test_what_is_wrong_in_a_guide_is_told(spoil: Callable[[Plain], None], told: list[tuple[str, str]]) -> None:
    plain = small()
    spoil(plain)
    assert faults(plain) == told


@pytest.mark.parametrize("both", [{}, {"next": "con", "leads": [{"procedure": "xay-nha", "because": "Vì xây."}]}])
def test_every_answer_leads_to_one_thing(both: Plain) -> None:
    plain = small()
    plain["questions"][0]["answers"][1] = {"id": "nha", "label": "Nhà", **both}
    with pytest.raises(ValidationError, match="leads to the next question or to procedures"):
        Guide.model_validate(plain)


def test_the_province_s_guide_leads_to_every_procedure_that_one_can_apply_for() -> None:
    listed = {made.code for made in catalogue().definitions.values() if not made.part_only}
    assert list(guide_faults(read_guide(PROFILE), listed, listed)) == []


def test_every_event_of_life_with_questions_has_its_own_way_in() -> None:
    vocabulary = catalogue().vocabulary
    guide = read_guide(PROFILE)
    first = {answer.id for answer in guide.question(guide.start).answers}
    assert {event.code for event in vocabulary.life_events} <= first


def test_the_whole_guide_is_told_in_both_languages() -> None:
    guide = read_guide(PROFILE)
    answers = [answer for question in guide.questions for answer in question.answers]
    leads = [lead for answer in answers for lead in answer.leads]
    assert all(question.ask_en for question in guide.questions)
    assert all(answer.label_en and bool(answer.hint) == bool(answer.hint_en) for answer in answers)
    assert all(lead.because_en for lead in leads)

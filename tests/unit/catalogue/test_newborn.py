"""Birth, residence and insurance in one application: the forms fit each other, each part has its clock."""

from datetime import date

import pytest

from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.forms.checking import check
from camaug.catalogue.forms.showing import prune
from camaug.catalogue.queries import papers
from camaug.worktime.limits import Limit, Unit
from tests.applications import FAMILY
from tests.unit.catalogue.samples import real

ON = date(2026, 11, 23)
WHOLE = real("khai-sinh-thuong-tru-bao-hiem-y-te")
PARTS = [part.procedure for part in WHOLE.parts]


def kinds(fields: tuple[FormField, ...]) -> dict[str, FieldType]:
    return {field.id: field.type for field in fields}


@pytest.mark.parametrize("code", PARTS)
def test_one_application_answers_every_part(code: str) -> None:
    form = real(code).form
    assert check(form, prune(form, FAMILY), on=ON) == {}
    asked, given = kinds(form.fields()), kinds(WHOLE.form.fields())
    assert {name: given[name] for name in asked if name in given} == {n: t for n, t in asked.items() if n in given}
    required = {field.id for field in form.fields() if field.required}
    assert required <= set(given)


def test_the_birth_comes_first_then_residence_and_insurance_together() -> None:
    assert [(part.id, part.receiving, part.after) for part in WHOLE.parts] == [
        ("khai-sinh", "RECEIVING", ()),
        ("thuong-tru", "NEAREST:POLICE", ("khai-sinh",)),
        ("bao-hiem", "NEAREST:SOCIAL_INSURANCE", ("khai-sinh",)),
    ]
    assert [real(code).results[0].id for code in PARTS] == [result.id for result in WHOLE.results]


@pytest.mark.parametrize(
    ("code", "span"),
    [
        (WHOLE.code, Limit(3, Unit.WORKING_DAYS)),
        (PARTS[0], Limit(0, Unit.WORKING_DAYS)),
        (PARTS[1], Limit(3, Unit.WORKING_DAYS)),
        (PARTS[2], Limit(2, Unit.WORKING_DAYS)),
    ],
)
def test_each_has_its_own_clock(code: str, span: Limit) -> None:
    assert real(code).limit_for(Channel.ONLINE, ON).span == span


@pytest.mark.parametrize(
    ("answers", "required"),
    [
        ({"birth_proof": "CERTIFICATE"}, {"to-khai", "giay-chung-sinh"}),
        ({"birth_proof": "WITNESS"}, {"to-khai", "van-ban-nguoi-lam-chung"}),
        ({"birth_proof": "COMMITMENT"}, {"to-khai", "giay-cam-doan"}),
        ({"birth_proof": "CERTIFICATE", "surrogacy": "YES"}, {"to-khai", "giay-chung-sinh", "xac-nhan-mang-thai-ho"}),
        ({"residence_with": "OTHER"}, {"to-khai", "dong-y-thuong-tru"}),
        ({"residence_with": "MOTHER", "by_proxy": "YES"}, {"to-khai", "van-ban-uy-quyen"}),
    ],
)
def test_the_papers_by_answers(answers: dict[str, str], required: set[str]) -> None:
    assert {need.paper.id for need in papers(WHOLE, answers, ON) if need.required} == required


@pytest.mark.parametrize(("code", "kind"), [(PARTS[1], "POLICE"), (PARTS[2], "SOCIAL_INSURANCE")])
def test_a_part_is_never_applied_for_alone(code: str, kind: str) -> None:
    made = real(code)
    assert (made.part_only, made.competence.receiving[0].kind, made.competence.competent) == (True, kind, "SELF")
    assert {step.role for step in made.process.path()} == {"ONE_STOP_CLERK", "SPECIALIST", "LEADER", "REGISTRAR"}

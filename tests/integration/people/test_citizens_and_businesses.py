from datetime import date

import pytest

from camaug.kernel.actors import SYSTEM, Actor, ActorKind
from camaug.kernel.errors import NotAllowed
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.people.actions.correct_person import NumberTaken, correct_person
from camaug.people.actions.register_business import BusinessNameMissing, register_business
from camaug.people.actions.register_person import NameMissing, NumberContradicts, register_person
from camaug.people.models import Person
from camaug.people.queries import find_businesses, find_persons, person
from tests.integration.people.conftest import NOW

pytestmark = pytest.mark.django_db


def _register(name: str, number: str = "", phone: str = "", born: date | None = None, sex: str = "") -> Person:
    return register_person(name, personal_number=number, phone=phone, birth_date=born, sex=sex, by=SYSTEM, at=NOW)


def test_a_citizen_is_kept_clean_and_known_by_number() -> None:
    lan = _register("  Nguyễn  Thị Lan ", "096 194 000 123", "0918 000 123")
    kept = person(lan.id)
    assert (kept.full_name, kept.personal_number, kept.phone) == ("Nguyễn Thị Lan", "096194000123", "+84918000123")
    assert kept.sex == "FEMALE"
    assert _register("Tên Khác", "096194000123").id == lan.id
    assert person(lan.id).full_name == "Nguyễn Thị Lan"
    assert EventRecord.objects.filter(name="people.PersonRegistered").count() == 1


def test_an_event_tells_nothing_of_the_person() -> None:
    _register("Nguyễn Thị Lan", "096194000123", "0918 000 123")
    assert EventRecord.objects.get(name="people.PersonRegistered").facts == {}


@pytest.mark.parametrize("name", ["", "   ", "Lan 2", "<b>Lan</b>", "x" * 121])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(NameMissing):
        _register(name)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [("096194000123", date(1993, 1, 1), ""), ("096194000123", None, "MALE"), ("096294000123", None, "")],
)
def test_a_number_that_says_otherwise_is_refused(number: str, born: date | None, sex: str) -> None:
    with pytest.raises(NumberContradicts):
        _register("Nguyễn Thị Lan", number, born=born, sex=sex)


def test_nobody_unknown_registers_a_citizen() -> None:
    with pytest.raises(NotAllowed):
        register_person("Nguyễn Thị Lan", by=Actor(kind=ActorKind.ANONYMOUS), at=NOW)


def test_a_correction_names_the_fields_and_not_the_values() -> None:
    lan = _register("Nguyễn Thị Lan", "096194000123")
    correct_person(lan.id, full_name="Nguyễn Thị Lân", phone="0918000999", by=SYSTEM, at=NOW)
    assert person(lan.id).full_name == "Nguyễn Thị Lân"
    assert EventRecord.objects.get(name="people.PersonCorrected").facts == {"fields": ["full_name", "phone"]}
    correct_person(lan.id, phone="0918 000 999", by=SYSTEM, at=NOW)
    assert EventRecord.objects.filter(name="people.PersonCorrected").count() == 1


def test_a_correction_takes_nobody_elses_number() -> None:
    _register("Nguyễn Thị Lan", "096194000123")
    other = _register("Trần Thị Mai")
    with pytest.raises(NumberTaken):
        correct_person(other.id, personal_number="096194000123", by=SYSTEM, at=NOW)


def test_one_citizen_does_not_correct_another() -> None:
    lan = _register("Nguyễn Thị Lan", "096194000123")
    with pytest.raises(NotAllowed):
        correct_person(lan.id, phone="0918000999", by=Actor(kind=ActorKind.PUBLIC, person_id=uuid7()), at=NOW)
    correct_person(lan.id, phone="0918000999", by=Actor(kind=ActorKind.PUBLIC, person_id=lan.id), at=NOW)


NAMES = ["Nguyễn Thị Lan", "Nguyễn Thị Lân", "Lan Thị Hoà", "Trần Văn Hòa", "Phạm Lanh", "Đặng Ngọc Ánh", "Lê Văn Được"]
SEARCHES = [
    ("Lan", ["Lan Thị Hoà", "Nguyễn Thị Lan", "Nguyễn Thị Lân", "Phạm Lanh"]),
    ("lân", ["Nguyễn Thị Lân", "Lan Thị Hoà", "Nguyễn Thị Lan", "Phạm Lanh"]),
    ("HOÀ", ["Lan Thị Hoà", "Trần Văn Hòa"]),
    ("hòa", ["Lan Thị Hoà", "Trần Văn Hòa"]),
    ("thi lan", ["Nguyễn Thị Lan", "Nguyễn Thị Lân", "Lan Thị Hoà"]),
    ("thị lan", ["Nguyễn Thị Lan", "Lan Thị Hoà", "Nguyễn Thị Lân"]),
    ("dang anh", ["Đặng Ngọc Ánh"]),
    ("được", ["Lê Văn Được"]),
    ("duoc le", ["Lê Văn Được"]),
    ("", []),
    ("%", []),
]


@pytest.mark.parametrize(("words", "names"), SEARCHES)
def test_citizens_are_found_by_name_accented_matches_first(words: str, names: list[str]) -> None:
    for name in NAMES:
        _register(name)
    assert [p.full_name for p in find_persons(words)] == names


@pytest.mark.parametrize("text", ["096194000123", "096 194 000 123", "0918000123", "0918.000.123", "+84 918 000 123"])
def test_citizens_are_found_exactly_by_number_or_phone(text: str) -> None:
    lan = _register("Nguyễn Thị Lan", "096194000123", "0918000123")
    _register("Nguyễn Thị Lan", "096194000124", "0918000124")
    assert [p.id for p in find_persons(text)] == [lan.id]


def test_a_business_is_known_by_tax_code_and_found_by_name() -> None:
    shop = register_business("Hộ kinh doanh Lê Văn Được", tax_code="096088000789", by=SYSTEM, at=NOW)
    again = register_business("Tên khác", tax_code="096 088 000 789", by=SYSTEM, at=NOW)
    assert again.id == shop.id
    assert [b.id for b in find_businesses("ho kinh doanh duoc")] == [shop.id]
    assert [b.id for b in find_businesses("096088000789")] == [shop.id]
    with pytest.raises(BusinessNameMissing):
        register_business(" ", by=SYSTEM, at=NOW)

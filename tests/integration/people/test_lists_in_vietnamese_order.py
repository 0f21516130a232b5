"""Lists of names stand in the order of a Vietnamese dictionary, and Ð typed for Đ is found as it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.queries import browse, by_agency, search
from camaug.catalogue.queries.editing import edited_procedures
from camaug.kernel.text import accented, fold, name_sort_key, sort_key
from camaug.people.models import Officer, Person, Role
from camaug.people.queries import directory, find_officers, find_persons
from camaug.people.queries.rights import role_names
from camaug.people.queries.staff import role_rows, staff_list
from camaug.people.queries.words import agency_words, role_words
from tests.world import AT, COMMUNE, World


def in_order(names: list[str]) -> bool:
    """Whether they are; and whether they tell the two orders apart."""
    assert sorted(names) != sorted(names, key=sort_key), "these would be in order by code point as well"
    return names == sorted(names, key=sort_key)


def test_procedures_stand_in_order_wherever_they_are_listed(world: World) -> None:
    today = AT.date()
    assert in_order([hit.name for hit in browse(today, limit=500)])
    assert in_order([row.name for row in edited_procedures(on=today)])
    here = directory(today).get(world.agencies[COMMUNE])
    assert in_order([hit.name for hit in by_agency(here.kind, here.level, today)])


def test_the_first_of_a_list_are_those_of_the_whole(world: World) -> None:
    today = AT.date()
    assert browse(today, limit=5) == browse(today, limit=500)[:5]


def test_a_name_written_by_a_migration_stands_where_a_published_one_does(world: World) -> None:
    before = [hit.code for hit in browse(AT.date(), limit=500)]
    ProcedureVersion.objects.update(sort_key="")
    step = import_module("camaug.catalogue.migrations.0005_order_of_names")
    with connection.schema_editor() as editor:
        step.put_in_order(apps, editor)
    assert [hit.code for hit in browse(AT.date(), limit=500)] == before


def test_roles_and_kinds_of_agencies_stand_in_order(world: World) -> None:
    Role.objects.create(code="AU", name="Ấn chỉ")
    Role.objects.create(code="DD", name="Đo đạc")
    names = [name for _code, name in role_words()]
    assert in_order(names)
    assert [row.name for row in role_rows(at=AT)] == names == list(role_names().values())[:-1]
    kinds = [name for _code, name in agency_words()[0]]
    assert kinds == sorted(kinds, key=sort_key)


@pytest.mark.parametrize("typed", ["Ðặng Văn Ðước", "Đặng Văn Đước", "dang van duoc"])
def test_whichever_d_was_typed_the_person_is_found(world: World, typed: str) -> None:
    name = "Ðặng Văn Ðước"
    who = Person.objects.create(
        full_name=name, sort_key=name_sort_key(name), folded=fold(name), accented=accented(name)
    )
    assert who.id in {one.id for one in find_persons(typed)}


def test_what_was_written_before_is_mended(world: World) -> None:
    officer = Officer.objects.order_by("id")[0]
    name = "Khổng Thị Ðượm"
    old = {"folded": "khong thi ðuom", "accented": accented(name).replace("đ", "ð")}
    Officer.objects.filter(pk=officer.pk).update(full_name=name, sort_key=name_sort_key(name).replace("G", "ð"), **old)
    assert not find_officers("khong duom", at=AT)
    step = import_module("camaug.people.migrations.0013_the_letter_d_typed_otherwise")
    with connection.cursor() as cursor:
        for operation in step.Migration.operations:
            cursor.execute(operation.sql)
    assert [one.id for one in find_officers("khong duom", at=AT)] == [officer.id]
    mended = Officer.objects.get(pk=officer.pk)
    assert mended.sort_key == name_sort_key(name)
    assert mended.folded == fold(name)
    assert officer.pk in {row.id for row in staff_list(at=AT, words="đượm").rows}


def test_procedures_are_found_by_the_icelandic_letter(world: World) -> None:
    typed = "đăng ký khai sinh"
    assert search(typed.replace("đ", "ð").upper(), AT.date()) == search(typed, AT.date()) != ()

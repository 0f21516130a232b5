"""Sensitive answers lie encrypted in the database; every page, paper and program reads them as they were given."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.open_parts import answers_of
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import Case, sealed_answers
from camaug.cases.models.answers import sensitive_fields
from camaug.catalogue.actions.publish_version import digest_of, publish_version
from camaug.catalogue.definition.procedure import Definition, LinkedPart
from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.queries import current
from camaug.catalogue.surroundings import surroundings_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.encryption import NotDecrypted, is_encrypted
from camaug.kernel.rows import Together
from tests.applications import send_birth
from tests.sessions import enter
from tests.world import AT, World

ANSWERS = {"group": "HIV_ADULT", "lives_with": "Ở một mình", "hiv_since": "2019-05-02"}


@pytest.fixture
def draft(world: World) -> Case:
    by = world.citizen("mother")
    begun = start("tro-cap-xa-hoi-hang-thang", by=by, at=AT)
    return save(begun.id, Changes(answers=ANSWERS), by=by, at=AT)


def kept(case: Case) -> Mapping[str, Any]:
    """What somebody with the database's password alone reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM cases_case WHERE id = %s", [case.id])
        (found,) = cursor.fetchone()
    return json.loads(found) if isinstance(found, str) else dict(found)


def test_only_the_sensitive_ones_are_hidden_and_all_are_read(draft: Case) -> None:
    lying = kept(draft)
    assert {name for name, value in lying.items() if is_encrypted(value)} == {"group", "hiv_since"}
    assert lying["lives_with"] == ANSWERS["lives_with"]
    read = Case.objects.get(pk=draft.pk)
    assert {name: read.answers[name] for name in ANSWERS} == ANSWERS
    assert "HIV_ADULT" not in json.dumps(lying)


def test_an_answer_fits_its_own_case_alone(world: World, draft: Case) -> None:
    other = start("tro-cap-xa-hoi-hang-thang", by=world.citizen("shopkeeper"), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET answers = %s WHERE id = %s", [json.dumps(kept(draft)), other.id])
    with pytest.raises(NotDecrypted):
        _ = Case.objects.get(pk=other.pk).answers


@pytest.mark.parametrize("way", ["save", "bulk_create", "together"])
def test_whatever_writes_a_row_hides_them(draft: Case, way: str) -> None:
    fresh = Case.objects.get(pk=draft.pk)
    fresh.answers = {**fresh.answers, "group": "HIV_CHILD"}
    if way == "save":
        fresh.save(update_fields=["answers"])
    elif way == "bulk_create":
        Case.objects.filter(pk=draft.pk).delete()
        Case.objects.bulk_create([fresh])
    else:
        with transaction.atomic():
            together = Together()
            together.change(fresh, ["answers"])
            together.write()
    assert is_encrypted(kept(draft)["group"])
    assert Case.objects.get(pk=draft.pk).answers["group"] == "HIV_CHILD"


def test_who_types_what_looks_encrypted_reads_it_again(world: World) -> None:
    by = world.citizen("mother")
    case = save(
        start("dang-ky-khai-sinh", by=by, at=AT).id, Changes(answers={"birth_place_text": "e1:abc:def"}), by=by, at=AT
    )
    assert Case.objects.get(pk=case.pk).answers["birth_place_text"] == "e1:abc:def"


def test_an_ordinary_case_is_kept_as_it_always_was(world: World) -> None:
    case = send_birth(world)
    assert kept(case) == case.answers
    assert sealed_answers(case.answers, case.id, case.version_id) == case.answers


def test_the_citizen_sees_what_he_declared(world: World, draft: Case) -> None:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    page = client.get(f"/applications/{draft.id}/pages/nhom/").content.decode()
    assert 'value="HIV_ADULT"' in page
    assert "e1:" not in page


def test_the_classes_of_answers_are_no_part_of_what_is_published(world: World) -> None:
    made = current("tro-cap-xa-hoi-hang-thang", AT.date()).definition
    plain = Definition.model_validate(unclassed(made.model_dump(mode="json", by_alias=True)))
    assert (plain.form.sensitive(), digest_of(plain)) == (frozenset(), digest_of(made))
    version = ProcedureVersion.objects.get(procedure__code=made.code, number=made.version)
    ProcedureVersion.objects.filter(pk=version.pk).update(definition=plain.model_dump(mode="json", by_alias=True))
    again = publish_version(made, known=surroundings_of(settings.PROFILE), by=SYSTEM, at=AT)
    assert again.pk == version.pk
    assert Definition.model_validate(again.definition).form.sensitive() == made.form.sensitive()


def unclassed(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: unclassed(value) for name, value in content.items() if name != "sensitive"}
    return [unclassed(one) for one in content] if isinstance(content, list) else content


@pytest.mark.parametrize(
    ("code", "own", "taken"),
    [
        ("dang-ky-khai-sinh", {}, {"lives_with"}),
        ("dang-ky-khai-sinh", {"note": "group"}, {"lives_with", "note"}),
        ("tro-cap-xa-hoi-hang-thang", {}, {"lives_with", "group", "hiv_since"}),
    ],
    ids=["hides nothing", "asks for it by its own name", "hides it too"],
)
def test_a_part_takes_a_sensitive_answer_only_where_it_asks_for_it(
    draft: Case, code: str, own: dict[str, str], taken: set[str]
) -> None:
    part = LinkedPart(id="part", procedure=code, answers=own)
    found = answers_of(draft, part, current(code, AT.date()).definition)
    assert found.keys() & {*ANSWERS, "note"} == taken


def test_which_answers_are_sensitive(world: World) -> None:
    found = {
        version.procedure.code: sorted(sensitive_fields(version.id))
        for version in ProcedureVersion.objects.select_related("procedure").order_by("procedure__code")
        if sensitive_fields(version.id)
    }
    assert found == {
        "cap-phieu-ly-lich-tu-phap": ["has_record", "record_text"],
        "dang-ky-khai-tu": ["death_cause"],
        "ho-tro-mai-tang": ["death_cause"],
        "tro-cap-xa-hoi-hang-thang": [
            "also_disabled", "benefits", "benefits_text", "disability_kind", "disability_level", "disability_number",
            "group", "hiv_since", "poverty", "self_care",
        ],
    }  # fmt: skip


def test_corrected_answers_that_wait_are_hidden_as_the_case_hides_them(world: World, draft: Case) -> None:
    asked = draft.supplements.create(items=[], reason="", requested_at=AT)
    asked.corrections = {"group": "ELDERLY", "lives_with": "Với con"}
    asked.save(update_fields=["corrections"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT corrections::text FROM cases_supplement WHERE id = %s", [asked.id])
        (lying,) = cursor.fetchone()
    assert "ELDERLY" not in lying
    assert "Với con" in json.loads(lying).values()
    assert draft.supplements.get(pk=asked.pk).corrections == {"group": "ELDERLY", "lives_with": "Với con"}

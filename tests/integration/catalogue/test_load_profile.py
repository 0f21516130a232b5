from pathlib import Path
from shutil import copytree

import pytest

from camaug.catalogue.actions.publish_version import VersionIsFixed
from camaug.catalogue.loading import load_profile
from camaug.catalogue.models import Field, LifeEvent, Procedure, ProcedureVersion
from camaug.catalogue.profile_files import ProfileInvalid
from camaug.catalogue.queries import definition, versions
from camaug.kernel.models import EventRecord
from tests.integration.catalogue.conftest import NOW
from tests.unit.catalogue.samples import PROFILE, real

pytestmark = pytest.mark.django_db
BIRTH = "procedures/dang-ky-khai-sinh.yaml"


def load(profile: Path) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    load_profile(profile, at=NOW, progress=lambda done, total: told.append((done, total)))
    return told


def spoiled(folder: Path, file: str, old: str, new: str) -> Path:
    profile = folder / "profile"
    if not profile.exists():
        copytree(PROFILE, profile)
    text = (profile / file).read_text("utf-8")
    assert old in text
    (profile / file).write_text(text.replace(old, new, 1), "utf-8")
    return profile


def test_loading_publishes_every_procedure_once_and_records_it() -> None:
    codes = [path.stem for path in sorted((PROFILE / "procedures").glob("*.yaml"))]
    assert load(PROFILE) == [(done, len(codes)) for done in range(1, len(codes) + 1)]
    facts = [row.facts for row in EventRecord.objects.filter(name="catalogue.VersionPublished").order_by("id")]
    assert [(fact["code"], fact["number"], fact["closes"]) for fact in facts] == [(code, 1, 0) for code in codes]
    before = EventRecord.objects.count()
    load(PROFILE)
    there = (EventRecord.objects.count(), Procedure.objects.count(), ProcedureVersion.objects.count())
    assert there == (before, len(codes), len(codes))


def test_what_was_stored_is_what_the_file_says() -> None:
    load(PROFILE)
    for row in ProcedureVersion.objects.select_related("procedure"):
        assert definition(row.id) == real(row.procedure.code)


def test_a_published_text_never_changes_under_its_number(tmp_path: Path) -> None:
    load(PROFILE)
    changed = spoiled(tmp_path, BIRTH, "name: Thủ tục đăng ký khai sinh", "name: Khai sinh")
    with pytest.raises(VersionIsFixed) as refusal:
        load(changed)
    assert refusal.value.facts == {"code": "dang-ky-khai-sinh", "number": 1, "next": 2}
    assert [view.number for view in versions("dang-ky-khai-sinh")] == [1]


def test_the_next_number_publishes_a_future_version(tmp_path: Path) -> None:
    load(PROFILE)
    next_year = spoiled(tmp_path, BIRTH, "version: 1\nvalid_from: 2025-07-01", "version: 2\nvalid_from: 2027-03-01")
    load(next_year)
    assert [(view.number, str(view.valid_until)) for view in versions("dang-ky-khai-sinh")] == [
        (1, "2027-03-01"),
        (2, "None"),
    ]


def test_nothing_is_written_where_one_file_is_wrong(tmp_path: Path) -> None:
    profile = spoiled(tmp_path, BIRTH, "role: LEADER", "role: CIVIL_STATUS")
    with pytest.raises(ProfileInvalid, match=r"dang-ky-khai-sinh.yaml, process > ky-duyet: approves in the same role"):
        load(profile)
    assert (ProcedureVersion.objects.count(), Field.objects.count()) == (0, 0)


def test_the_vocabulary_follows_the_profile_and_forgets_nothing(tmp_path: Path) -> None:
    load(PROFILE)
    there = LifeEvent.objects.count()
    profile = spoiled(tmp_path, "catalogue.yaml", "name: Sinh con", "name: Có con")
    load(profile)
    assert LifeEvent.objects.get(code="sinh-con").name == "Có con"
    assert LifeEvent.objects.count() == there
    assert EventRecord.objects.filter(name="catalogue.VocabularyArranged").count() == 2

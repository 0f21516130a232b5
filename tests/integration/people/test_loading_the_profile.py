from datetime import date
from pathlib import Path

import pytest

from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.people.actions.rename_agency import rename_agency
from camaug.people.actions.replace_codes import CodesNotReplaced
from camaug.people.loading import NotACodeFile, agency_id, import_codes, load_profile, register_cast
from camaug.people.models import Agency, Officer, Place, Position
from camaug.people.queries import (
    directory,
    find_persons,
    holders,
    officer_by_email,
    place_by_code,
    positions_of,
    provinces,
    search_places,
    subdivisions,
)
from tests.integration.people.conftest import NOW

PROFILE = Path(__file__).parents[3] / "profiles" / "ca-mau"
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loaded(db: None) -> None:
    load_profile(PROFILE, at=NOW, progress=lambda _done, _total: None)


@pytest.mark.usefixtures("_loaded")
def test_a_loaded_province_answers_and_a_second_load_leaves_what_became_of_it(tmp_path: Path) -> None:
    assert (Agency.objects.count(), Officer.objects.count()) == (655, 11_000)
    assert len(directory(TODAY)) == 655

    commune = agency_id(PROFILE, "H12.39.32245")
    assert directory(TODAY).get(commune).short_name == "UBND xã Tân Ân"
    assert {"Trần Thị Minh"} <= {h.officer_name for h in holders("ONE_STOP_CLERK", commune, NOW)}
    administrator = officer_by_email("stttt_nguyenhuuphuoc@camau.gov.vn")
    assert [p.roles for p in positions_of(administrator.id, NOW)] == [frozenset({"ADMINISTRATOR"})]

    assert register_cast(PROFILE, at=NOW) == register_cast(PROFILE, at=NOW)
    assert [p.place_name for p in find_persons("096194000123")] == ["Xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau"]

    codes = tmp_path / "codes.csv"
    codes.write_text("mã tạm,mã thật\nH12.39.32245,H12.30.1\nH12.04,H12.05\nH12.05,H12.04\n", encoding="utf-8-sig")
    assert import_codes(codes, at=NOW) == 3
    rename_agency(commune, name="Ủy ban nhân dân xã Đất Mũi", from_date=TODAY, by=SYSTEM, at=NOW)
    rows = (Agency.objects.count(), Officer.objects.count(), Position.objects.count(), Place.objects.count())
    load_profile(PROFILE, at=NOW, progress=lambda _done, _total: None)
    assert rows == (Agency.objects.count(), Officer.objects.count(), Position.objects.count(), Place.objects.count())
    assert EventRecord.objects.filter(name="people.ProfileLoaded").count() == 1
    now = directory(TODAY).get(commune)
    assert (now.code, now.code_is_placeholder, now.name) == ("H12.30.1", False, "Ủy ban nhân dân xã Đất Mũi")
    assert directory(TODAY).by_code("H12.04").name == "Sở Tư pháp"


@pytest.mark.usefixtures("_loaded")
def test_places_lead_from_province_to_commune() -> None:
    assert len(provinces(TODAY)) == 63
    districts = subdivisions(place_by_code("PROVINCE", "96", TODAY).id, TODAY)
    assert len(districts) == 9
    ngoc_hien = next(place for place in districts if place.name == "Huyện Ngọc Hiển")
    assert "Xã Đất Mũi" in [place.name for place in subdivisions(ngoc_hien.id, TODAY)]
    found = search_places("dat mui", TODAY, within=ngoc_hien.id)
    assert [place.full_name for place in found] == ["Xã Đất Mũi, huyện Ngọc Hiển, tỉnh Cà Mau"]
    assert search_places("Thành phố Cà Mau", TODAY)[0].kind == "DISTRICT"
    assert provinces(date(2021, 12, 31)) == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("H12.39,H12.1\nH12.99,H12.2\n", {2}),
        ("H12.39,h12\nH12.38\n", {2}),
        ("H12.39,h12\n", {1}),
        ("H12.39,H12.1\nH12.38,H12.1\n", {2}),
        ("H12.39,H12.38\n", {1}),
        ("H12,H13\n", {1}),
    ],
)
@pytest.mark.usefixtures("tree")
def test_a_file_with_a_wrong_line_replaces_nothing(tmp_path: Path, text: str, wrong: set[int]) -> None:
    file = tmp_path / "codes.csv"
    file.write_text(text)
    before = set(Agency.objects.values_list("code", flat=True))
    with pytest.raises(CodesNotReplaced) as refusal:
        import_codes(file, at=NOW)
    assert set(refusal.value.problems) == wrong
    assert set(Agency.objects.values_list("code", flat=True)) == before


@pytest.mark.usefixtures("tree")
def test_the_same_file_may_come_twice(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("H12.39,H12.1\n")
    assert (import_codes(file, at=NOW), import_codes(file, at=NOW)) == (1, 0)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotACodeFile):
        import_codes(file, at=NOW)

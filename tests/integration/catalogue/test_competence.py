from datetime import date
from uuid import UUID

import pytest

from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.queries import NoCompetentAgency, NotReceivedHere, competent_agency, current, receivers
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import NotFound
from camaug.people.actions.found_agency import found_agency
from camaug.people.models import AgencyKind, AgencyLevel
from camaug.people.queries.directory import directory
from tests.integration.catalogue.conftest import NOW
from tests.unit.catalogue.samples import KNOWN, real

pytestmark = pytest.mark.usefixtures("catalogue")
ON = date(2026, 11, 23)


def found(code: str, name: str, kind: str, level: str, parent: UUID | None) -> UUID:
    return found_agency(
        code, name=name, kind=kind, level=level, parent_id=parent, from_date=date(2020, 1, 1), by=SYSTEM, at=NOW
    ).id


@pytest.fixture
def agencies(db: None) -> dict[str, UUID]:
    """Two districts, of which one has a finance office, and a commune."""
    for rank, level in enumerate(("PROVINCE", "DISTRICT", "COMMUNE"), start=1):
        AgencyLevel.objects.create(code=level, name=level, rank=rank)
    for kind in ("PEOPLES_COMMITTEE", "DISTRICT_FINANCE", "DISTRICT_DIVISION"):
        AgencyKind.objects.create(code=kind, name=kind)
    province = found("H12", "UBND tỉnh", "PEOPLES_COMMITTEE", "PROVINCE", None)
    district = found("H12.39", "UBND huyện Ngọc Hiển", "PEOPLES_COMMITTEE", "DISTRICT", province)
    bare = found("H12.38", "UBND huyện Năm Căn", "PEOPLES_COMMITTEE", "DISTRICT", province)
    found("H12.39.03", "Phòng Tư pháp", "DISTRICT_DIVISION", "DISTRICT", district)
    finance = found("H12.39.04", "Phòng Tài chính - Kế hoạch", "DISTRICT_FINANCE", "DISTRICT", district)
    commune = found("H12.39.01", "UBND xã Tân Ân", "PEOPLES_COMMITTEE", "COMMUNE", district)
    return {"province": province, "district": district, "bare": bare, "finance": finance, "commune": commune}


@pytest.mark.parametrize(
    ("code", "who"),
    [
        ("chung-thuc-ban-sao", ["commune"]),
        ("dang-ky-khai-sinh", ["commune"]),
        ("dang-ky-ho-kinh-doanh", ["district"]),
    ],
)
def test_only_agencies_that_can_have_it_decided_receive_it(
    agencies: dict[str, UUID], code: str, who: list[str]
) -> None:
    assert [agency.id for agency in receivers(current(code, ON), ON)] == [agencies[name] for name in who]
    assert receivers(current(code, ON), date(2019, 1, 1)) == ()


@pytest.mark.parametrize(
    ("code", "receiving", "competent"),
    [
        ("dang-ky-khai-sinh", "commune", "commune"),
        ("chung-thuc-ban-sao", "commune", "commune"),
        ("dang-ky-ho-kinh-doanh", "district", "finance"),
    ],
)
def test_the_competent_agency_is_the_receiver_or_its_office(
    agencies: dict[str, UUID], code: str, receiving: str, competent: str
) -> None:
    decides = competent_agency(current(code, ON).definition, agencies[receiving], directory(ON))
    assert decides.id == agencies[competent]


@pytest.mark.parametrize(
    ("code", "where", "refusal"),
    [
        ("dang-ky-khai-sinh", "district", NotReceivedHere),
        ("dang-ky-ho-kinh-doanh", "commune", NotReceivedHere),
        ("dang-ky-ho-kinh-doanh", "finance", NotReceivedHere),
        ("dang-ky-ho-kinh-doanh", "bare", NoCompetentAgency),
    ],
)
def test_an_agency_that_is_not_competent_is_refused(
    agencies: dict[str, UUID], code: str, where: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        competent_agency(current(code, ON).definition, agencies[where], directory(ON))


def test_an_agency_that_is_not_there_is_not_found(agencies: dict[str, UUID]) -> None:
    with pytest.raises(NotFound):
        competent_agency(current("dang-ky-khai-sinh", ON).definition, UUID(int=1), directory(ON))


def test_the_first_of_several_kinds_of_office_decides(agencies: dict[str, UUID]) -> None:
    """Spirits are licensed by the city's economy office, elsewhere by the office of economy and infrastructure."""
    for kind in ("DISTRICT_ECONOMY", "DISTRICT_URBAN"):
        AgencyKind.objects.create(code=kind, name=kind)
    city, rural = agencies["district"], agencies["bare"]
    found("H12.39.11", "Phòng Quản lý đô thị", "DISTRICT_URBAN", "DISTRICT", city)
    economy = found("H12.39.10", "Phòng Kinh tế", "DISTRICT_ECONOMY", "DISTRICT", city)
    both = found("H12.38.13", "Phòng Kinh tế và Hạ tầng", "DISTRICT_URBAN", "DISTRICT", rural)
    publish_version(real("cap-giay-phep-ban-le-ruou"), known=KNOWN, by=SYSTEM, at=NOW)
    spirits, known = current("cap-giay-phep-ban-le-ruou", ON).definition, directory(ON)
    assert [competent_agency(spirits, one, known).id for one in (city, rural)] == [economy, both]

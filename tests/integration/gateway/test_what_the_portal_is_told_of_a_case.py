"""Every field that the national portal asks for is there, and says what is so."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from camaug.access.actions.link_outside import link_outside
from camaug.access.actions.unlink_outside import unlink_outside
from camaug.access.outside.shown import Shown
from camaug.access.queries import identities_of
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.register import register
from camaug.cases.actions.remove_file import remove_file
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case, Payment
from camaug.cases.queries.exchange import exchange_of, step_of
from camaug.gateway.national.shape import case_data, step_data
from camaug.kernel.clock import now
from camaug.kernel.models import Blob, EventRecord, Scan
from camaug.people.queries import person
from tests.applications import carry, copy_intake, photo, send_birth
from tests.callers import BASE, Program, program_of
from tests.world import AT, World

SITE = "https://motcua.camau.gov.vn"
LATER = AT + timedelta(hours=2)

# QCVN 120:2019/BTTTT as the portal and its adapters have it.
WHOLE = {
    "": """MaHoSo MaTTHC TenTTHC MaLinhVuc TenLinhVuc KenhThucHien ChuHoSo SoGiayToChuHoSo LoaiDoiTuong MaDoiTuong
        ThongTinKhac Email Fax SoDienThoai TrichYeuHoSo NgayTiepNhan NgayHenTra TrangThaiHoSo NgayTra ThongTinTra
        HinhThuc NgayKetThucXuLy DonViXuLy GhiChu TaiLieuNop DanhSachLePhi DanhSachTepDinhKemKhac DanhSachHoSoBoSung
        DanhSachGiayToKetQua HoSoCoThanhPhanSoHoa TaiKhoanDuocXacThucVoiVNeID DuocThanhToanTrucTuyen""",
    "TaiLieuNop": """TepDinhKemId TenTepDinhKem IsDeleted MaThanhPhanHoSo DuongDanTaiTepTin DuocSoHoa
        DuocLayTuKhoDMQG""",
    "DanhSachLePhi": "TenPhiLePhi MaPhiLePhi HinhThucThu Gia LoaiPhiLePhi",
    "DanhSachHoSoBoSung": """HoSoBoSungId NguoiYeuCauBoSung NoiDungBoSung NgayBoSung NguoiTiepNhanBoSung
        ThongTinTiepNhan NgayTiepNhanBoSung TrangThaiBoSung DanhSachGiayToBoSung DanhSachLePhiBoSung NgayHenTraTruoc
        NgayHenTraMoi""",
    "DanhSachGiayToKetQua": "TenGiayTo MaThanhPhanHoSo GiayToId DuongDanTepTinKetQua MaKetQua",
}
STEP = """MaHoSo NguoiXuLy ChucDanh ThoiDiemXuLy PhongBanXuLy NoiDungXuLy TrangThai NgayBatDau
    NgayKetThucTheoQuyDinh"""


def told(case: Case, *, site: str = SITE, at: Any = LATER) -> dict[str, Any]:
    return case_data(exchange_of(case.id, at=at), site=site)


def supplemented(world: World) -> Case:
    case = carry(world, send_birth(world), to="EXAMINE")
    asked = [Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ")]
    request_supplement(case.id, asked, reason="Chụp lại giấy chứng sinh", by=world.officer("specialist"), at=LATER)
    return case


def keys(data: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    yield "", set(data)
    for name, value in data.items():
        if isinstance(value, list):
            yield from ((name, set(one)) for one in value)


def test_every_key_is_there_and_no_other(world: World) -> None:
    birth = supplemented(world)
    copy = register(copy_intake(world), by=world.officer("clerk"), at=AT)
    done = carry(world, send_birth(world), to="RETURN")
    seen = [pair for case in (birth, copy, done) for pair in keys(told(case))]
    assert {place for place, _names in seen} == set(WHOLE), "each list has a line in one of the three"
    for place, names in seen:
        assert names == set(WHOLE[place].split()), place
    received = EventRecord.objects.get(subject_id=birth.id, name="cases.CaseReceived")
    assert set(step_data(step_of(received))) == set(STEP.split())


def test_who_asked_for_a_supplement_and_who_took_it_in_is_told(world: World) -> None:
    case = supplemented(world)
    (asked,) = told(case)["DanhSachHoSoBoSung"]
    assert (asked["NguoiYeuCauBoSung"], asked["NoiDungBoSung"]) == ("Lê Anh Tuấn", "Chụp lại giấy chứng sinh")
    assert (asked["NguoiTiepNhanBoSung"], asked["ThongTinTiepNhan"], asked["TrangThaiBoSung"]) == ("", "", "0")
    supplement(case.id, answer="Đã chụp lại", by=world.citizen("mother"), at=LATER)
    (given,) = told(case)["DanhSachHoSoBoSung"]
    assert (given["ThongTinTiepNhan"], given["TrangThaiBoSung"]) == ("Đã chụp lại", "1")
    assert given["NguoiTiepNhanBoSung"] == "", "the applicant sent it himself: no officer took it in"


def test_the_address_of_a_file_gives_it_to_a_program_that_may_see_the_case(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    data = told(case)
    clerk = program_of(world.officer("clerk", at=now()))
    for line, key in (("TaiLieuNop", "DuongDanTaiTepTin"), ("DanhSachGiayToKetQua", "DuongDanTepTinKetQua")):
        (one,) = data[line]
        path = one[key].removeprefix(f"{SITE}{BASE}")
        answer = clerk.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert Program().get(path).status_code == 401
        assert program_of(world.officer("other_clerk", at=now())).get(path).status_code == 404


def test_a_file_that_opens_no_more_has_no_address(world: World) -> None:
    case = send_birth(world)
    (file,) = case.files.all()
    assert told(case, site="")["TaiLieuNop"][0]["DuongDanTaiTepTin"] == "", "this site has no address of its own"
    Blob.objects.filter(pk=file.blob_id).update(scan=Scan.INFECTED)
    assert told(case)["TaiLieuNop"][0]["DuongDanTaiTepTin"] == ""
    Blob.objects.filter(pk=file.blob_id).update(scan=Scan.CLEAN)
    assert told(case)["TaiLieuNop"][0]["DuongDanTaiTepTin"] != ""
    asked, mother = [Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ")], world.citizen("mother")
    request_supplement(case.id, asked, reason="Chụp lại", by=world.officer("clerk"), at=AT)
    second = add_file(case.id, "giay-chung-sinh", content=photo("gray"), file_name="b.jpg", by=mother, at=LATER)
    remove_file(case.id, second.id, by=mother, at=LATER)
    _first, line = told(case)["TaiLieuNop"]
    assert (line["IsDeleted"], line["DuongDanTaiTepTin"]) == ("1", "")


def test_an_account_that_an_outside_identity_opens_is_told_so(world: World) -> None:
    case, mother = send_birth(world), world.citizen("mother")
    assert told(case)["TaiKhoanDuocXacThucVoiVNeID"] == "0"
    assert mother.person_id
    assert mother.account_id
    who = person(mother.person_id)
    shown = Shown("https://vneid.example", "s", who.personal_number, who.full_name, who.birth_date, AT, True, AT)
    link_outside(mother.account_id, shown, by=mother, at=AT)
    assert told(case)["TaiKhoanDuocXacThucVoiVNeID"] == "1"
    counter = register(copy_intake(world), by=world.officer("clerk"), at=AT)
    assert told(counter)["TaiKhoanDuocXacThucVoiVNeID"] == "0", "a paper handed in at the counter has no account"
    (identity,) = identities_of(mother.account_id)
    unlink_outside(identity.id, by=mother, at=AT)
    assert told(case)["TaiKhoanDuocXacThucVoiVNeID"] == "0"


@pytest.mark.parametrize(
    ("when", "code"),
    [("at the counter", "1"), ("while a supplement is waited for", "2"), ("when the result is there", "4")],
)
def test_when_money_is_taken_is_told(world: World, when: str, code: str) -> None:
    case = send_birth(world)
    if code == "4":
        case = carry(world, case, to="RETURN", paid=False)
        case.payments.all().delete()
    if code == "2":
        case = supplemented(world)
        case.payments.all().delete()
    at = LATER + timedelta(hours=1)
    Payment.objects.create(
        case=case, items=[{"rule": "le-phi", "name": "Lệ phí", "amount": 8000}], amount=8000, asked_at=at
    )
    (fee,) = told(case)["DanhSachLePhi"]
    assert (fee["HinhThucThu"], fee["Gia"]) == (code, "8000"), when

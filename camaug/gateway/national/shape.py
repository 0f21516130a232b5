"""A case and a step as the portal's services want them (QCVN 120:2019/BTTTT): names of fields, codes, dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from camaug.cases.queries.exchange import (
    ExchangeView,
    FeeFacts,
    FileFacts,
    Moment,
    ResultFacts,
    StepFacts,
    SupplementFacts,
)
from camaug.kernel.clock import LOCAL

CASE, STEP = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
CHANNELS = {"COUNTER": "1", "ONLINE": "2", "POST": "3"}
KINDS = {"PERSON": "1", "BUSINESS": "2"}
"""LoaiDoiTuong differs between portals (1 and 2, or 0 and 1): the settings may say otherwise."""
_DELIVERY = {"COUNTER": "0", "POST": "1", "ELECTRONIC": "2"}
_MOMENTS = {Moment.RECEPTION: "1", Moment.SUPPLEMENT: "2", Moment.RESULT: "4"}
_CHARGE, _FEE = "1", "2"
_YES, _NO = "1", "0"
_DIGITISED = _YES
"""What lies here as a file was scanned, photographed or born digital, whoever sent it; paper alone makes no file."""
_FROM_NATIONAL_STORE = _NO
"""Files come by upload alone: data of a national base stand in the place of a paper, they bring no file along."""
_PAID_ONLINE = _NO
"""1 is paid through the national portal, 2 through a province's gateway: money comes at the counter or by transfer."""
_NOTHING = ""
"""ThongTinKhac, Fax, GhiChu: what is known of applicant and case has a field of its own; nothing else is told."""


def instant(at: datetime | None) -> str:
    """yyyyMMddHHmmss in Vietnam's time; "" for none."""
    return at.astimezone(LOCAL).strftime("%Y%m%d%H%M%S") if at else ""


def case_data(case: ExchangeView, *, kinds: Mapping[str, str] = KINDS, site: str = "") -> dict[str, Any]:
    """The data of DongBoHoSoMC. `site`: our address, below which files are fetched; "" where it is not set."""
    return {
        "MaHoSo": case.code,
        "MaTTHC": case.procedure_code,
        "TenTTHC": case.procedure_name,
        "MaLinhVuc": case.field,
        "TenLinhVuc": case.field_name,
        "KenhThucHien": CHANNELS[case.channel],
        "ChuHoSo": case.applicant_name,
        "SoGiayToChuHoSo": case.applicant_number,
        "LoaiDoiTuong": kinds[case.applicant_kind],
        "MaDoiTuong": case.applicant_number,
        "ThongTinKhac": _NOTHING,
        "Email": case.email,
        "Fax": _NOTHING,
        "SoDienThoai": case.phone,
        "TrichYeuHoSo": case.procedure_name,
        "NgayTiepNhan": instant(case.received_at),
        "NgayHenTra": instant(case.due_at),
        "TrangThaiHoSo": str(case.status),
        "NgayTra": instant(case.handed_out_at),
        "ThongTinTra": case.receiver,
        "HinhThuc": _DELIVERY[case.delivery_way],
        "NgayKetThucXuLy": instant(case.ended_at),
        "DonViXuLy": case.competent,
        "GhiChu": _NOTHING,
        "TaiLieuNop": [_file(case, file, site) for file in case.files],
        "DanhSachLePhi": [_fee(fee) for fee in case.fees],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [_supplement(one) for one in case.supplements],
        "DanhSachGiayToKetQua": [_result(case, one, site) for one in case.results],
        "HoSoCoThanhPhanSoHoa": _YES if case.digitised else _NO,
        "TaiKhoanDuocXacThucVoiVNeID": _YES if case.vouched else _NO,
        "DuocThanhToanTrucTuyen": _PAID_ONLINE,
    }


def step_data(step: StepFacts) -> dict[str, Any]:
    """The data of CapNhatTienDoHoSoMC."""
    return {
        "MaHoSo": step.code,
        "NguoiXuLy": step.officer,
        "ChucDanh": step.post,
        "ThoiDiemXuLy": instant(step.at),
        "PhongBanXuLy": step.unit,
        "NoiDungXuLy": step.did,
        "TrangThai": str(step.status),
        "NgayBatDau": instant(step.begun_at),
        "NgayKetThucTheoQuyDinh": instant(step.due_at),
    }


def _file(case: ExchangeView, file: FileFacts, site: str) -> dict[str, str]:
    return {
        "TepDinhKemId": str(file.id),
        "TenTepDinhKem": file.name,
        "IsDeleted": _YES if file.removed else _NO,
        "MaThanhPhanHoSo": file.paper,
        "DuongDanTaiTepTin": _address(site, "read_case_file", case, file.id) if file.opens else "",
        "DuocSoHoa": _DIGITISED,
        "DuocLayTuKhoDMQG": _FROM_NATIONAL_STORE,
    }


def _fee(fee: FeeFacts) -> dict[str, str]:
    return {
        "TenPhiLePhi": fee.name,
        "MaPhiLePhi": fee.id,
        "HinhThucThu": _MOMENTS[fee.moment],
        "Gia": str(fee.amount),
        "LoaiPhiLePhi": _CHARGE if fee.charge else _FEE,
    }


def _supplement(one: SupplementFacts) -> dict[str, Any]:
    return {
        "HoSoBoSungId": str(one.id),
        "NguoiYeuCauBoSung": one.asked_by,
        "NoiDungBoSung": one.words,
        "NgayBoSung": instant(one.asked_at),
        "NguoiTiepNhanBoSung": one.taken_by,
        "ThongTinTiepNhan": one.answer,
        "NgayTiepNhanBoSung": instant(one.answered_at),
        "TrangThaiBoSung": _YES if one.answered_at else _NO,
        "DanhSachGiayToBoSung": [{"TenGiayTo": name} for name in one.papers],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": instant(one.due_before),
        "NgayHenTraMoi": instant(one.due_after),
    }


def _result(case: ExchangeView, one: ResultFacts, site: str) -> dict[str, str]:
    return {
        "TenGiayTo": one.name,
        "MaThanhPhanHoSo": one.result,
        "GiayToId": str(one.id),
        "DuongDanTepTinKetQua": _address(site, "read_case_result", case, one.id),
        "MaKetQua": one.national_code,
    }


def _address(site: str, operation: str, case: ExchangeView, thing: UUID) -> str:
    """Where our API gives the file to whoever calls with a token that may see the case; the address opens nothing."""
    return f"{site}{reverse(f'api:{operation}', args=[case.code, thing])}" if site else ""

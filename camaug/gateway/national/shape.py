"""A case and a step as the portal's services want them (QCVN 120:2019/BTTTT): names of fields, codes, dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from camaug.cases.queries.exchange import ExchangeView, FeeFacts, ResultFacts, StepFacts, SupplementFacts
from camaug.kernel.clock import LOCAL

CASE, STEP = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
CHANNELS = {"COUNTER": "1", "ONLINE": "2", "POST": "3"}
KINDS = {"PERSON": "1", "BUSINESS": "2"}
"""LoaiDoiTuong differs between portals (1 and 2, or 0 and 1): the settings may say otherwise."""
_DELIVERY = {"COUNTER": "0", "POST": "1", "ELECTRONIC": "2"}
_AT_RECEPTION = "1"
_CHARGE, _FEE = "1", "2"


def instant(at: datetime | None) -> str:
    """yyyyMMddHHmmss in Vietnam's time; "" for none."""
    return at.astimezone(LOCAL).strftime("%Y%m%d%H%M%S") if at else ""


def case_data(case: ExchangeView, *, kinds: Mapping[str, str] = KINDS) -> dict[str, Any]:
    """The data of DongBoHoSoMC."""
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
        "Email": case.email,
        "Fax": "",
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
        "GhiChu": "",
        "TaiLieuNop": [
            {
                "TepDinhKemId": str(file.id),
                "TenTepDinhKem": file.name,
                "IsDeleted": "1" if file.removed else "0",
                "MaThanhPhanHoSo": file.paper,
                "DuocSoHoa": "1",
                "DuocLayTuKhoDMQG": "0",
            }
            for file in case.files
        ],
        "DanhSachLePhi": [_fee(fee) for fee in case.fees],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [_supplement(one) for one in case.supplements],
        "DanhSachGiayToKetQua": [_result(one) for one in case.results],
        "HoSoCoThanhPhanSoHoa": "1" if case.digitised else "0",
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": "0",
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


def _fee(fee: FeeFacts) -> dict[str, str]:
    return {
        "TenPhiLePhi": fee.name,
        "MaPhiLePhi": fee.id,
        "HinhThucThu": _AT_RECEPTION,
        "Gia": str(fee.amount),
        "LoaiPhiLePhi": _CHARGE if fee.charge else _FEE,
    }


def _supplement(one: SupplementFacts) -> dict[str, Any]:
    return {
        "HoSoBoSungId": str(one.id),
        "NoiDungBoSung": one.words,
        "NgayBoSung": instant(one.asked_at),
        "NgayTiepNhanBoSung": instant(one.answered_at),
        "TrangThaiBoSung": "1" if one.answered_at else "0",
        "DanhSachGiayToBoSung": [{"TenGiayTo": name} for name in one.papers],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": instant(one.due_before),
        "NgayHenTraMoi": instant(one.due_after),
    }


def _result(one: ResultFacts) -> dict[str, str]:
    return {"TenGiayTo": one.name, "GiayToId": str(one.id), "MaKetQua": one.national_code, "MaGiayToKetQua": one.number}

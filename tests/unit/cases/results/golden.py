"""What each result sheet says, once as usual and once as long as it may get."""

from dataclasses import replace
from datetime import date

from camaug.cases.results import sayings as s
from tests.unit.cases.slips.golden import LONG_NAME, LONG_OFFICE, LONG_WORD, OFFICE

SIGNED = date(2026, 11, 5)
HEAD = {
    "office": OFFICE,
    "case_code": "H12.09.07.12-261105-0007",
    "signed_date": SIGNED,
    "signer": "Trần Minh Khởi",
    "signer_lines": ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
}

BIRTH = s.BirthCertificate(
    **HEAD,
    number="215/2026",
    name="LÊ HUỲNH MINH AN",
    birth_date=date(2026, 10, 25),
    sex="Nữ",
    ethnicity="Kinh",
    nationality="Việt Nam",
    birth_place="Bệnh viện Sản - Nhi tỉnh Cà Mau, phường 6, thành phố Cà Mau, tỉnh Cà Mau",
    home_town="xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
    mother=s.Parent(
        name="HUỲNH THỊ MỘNG THƯỜNG",
        birth="12/04/1990",
        ethnicity="Kinh",
        nationality="Việt Nam",
        residence="ấp Tân Quảng, xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
    ),
    father=s.Parent(name="LÊ VĂN ĐƯỢM", birth="1988", ethnicity="Khmer", nationality="Việt Nam"),
    requester="HUỲNH THỊ MỘNG THƯỜNG",
    requester_paper="096190001234",
    registered_at="Ủy ban nhân dân xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
)
BUSINESS = s.BusinessCertificate(
    **{
        **HEAD,
        "office": replace(
            OFFICE, name="Phòng Tài chính - Kế hoạch", superior="Ủy ban nhân dân huyện Thới Bình", place="Thới Bình"
        ),
        "signer_lines": ("TRƯỞNG PHÒNG",),
    },
    number="000031",
    business_code="096088004321",
    name="TẠP HÓA MINH HẢI",
    seat="số 12 ấp 3, xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
    phone="+84918123456",
    lines=(
        s.Line(
            name="Bán lẻ lương thực, thực phẩm, đồ uống, thuốc lá, thuốc lào chiếm tỷ trọng lớn trong các cửa hàng kinh doanh tổng hợp",
            code="4711",
            main=True,
        ),
        s.Line(name="Bán lẻ đồ uống trong các cửa hàng chuyên doanh", code="4723"),
    ),
    capital=50_000_000,
    owner="NGUYỄN MINH HẢI",
    owner_sex="Nam",
    owner_birth_date=date(1988, 2, 3),
    owner_number="096088004321",
    founders="Cá nhân",
)
COPY = s.CertifiedCopy(
    **HEAD,
    number="1204",
    document="Bằng tốt nghiệp trung học phổ thông",
    pages=1,
    copies=3,
    requester="Phạm Thị Út",
    book="01/2026",
)
DENIAL = s.Denial(
    **HEAD,
    number="03/TB",
    recipient="Huỳnh Thị Mộng Thường",
    address="ấp Tân Quảng, xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
    procedure="Thủ tục đăng ký khai sinh",
    received_date=SIGNED,
    reason="Trẻ đã được đăng ký khai sinh tại Ủy ban nhân dân thị trấn Thới Bình ngày 02/11/2026.\nSổ đăng ký khai sinh số 214/2026.",
)

USUAL: dict[str, s.Sheet] = {
    "giay-khai-sinh": BIRTH,
    "giay-chung-nhan-ho-kinh-doanh": BUSINESS,
    "ban-sao-chung-thuc": COPY,
    "van-ban-tu-choi": DENIAL,
}
_PARENT = s.Parent(
    name=LONG_NAME[:120].upper(), birth="12/04/1990", ethnicity="Kinh", nationality="Việt Nam", residence=LONG_WORD
)
STRETCHED: dict[str, s.Sheet] = {
    "giay-khai-sinh": replace(
        BIRTH,
        name=LONG_NAME[:120].upper(),
        birth_place=LONG_WORD,
        home_town=LONG_WORD,
        mother=_PARENT,
        father=None,
        office=LONG_OFFICE,
    ),
    "giay-chung-nhan-ho-kinh-doanh": replace(
        BUSINESS,
        name=LONG_NAME[:150].upper(),
        seat=LONG_WORD,
        lines=BUSINESS.lines * 15,
        members=tuple(s.Member(name=LONG_NAME[:100], birth_date=SIGNED, number="096088004321") for _n in range(20)),
        office=LONG_OFFICE,
    ),
    "ban-sao-chung-thuc": replace(
        COPY, document=LONG_WORD + LONG_NAME[:90], requester=LONG_NAME[:120], office=LONG_OFFICE
    ),
    "van-ban-tu-choi": replace(DENIAL, reason="Lý do dài, nêu từng điểm. " * 150, office=LONG_OFFICE),
}

"""What extracts, words of certification and marriage certificates say, once as usual and once as long as it may get."""

from dataclasses import replace

from camaug.cases.results.facts import Sheet
from camaug.cases.results.marriage import MarriageCertificate, Spouse
from camaug.cases.results.worded import Stated, Worded
from tests.unit.cases.results.golden import HEAD
from tests.unit.cases.slips.golden import LONG_NAME, LONG_OFFICE, LONG_WORD

DEATH = Worded(
    **HEAD,
    signer_title="Phó Chủ tịch",
    number="08/TLKT",
    title="Trích lục khai tử",
    lines=(
        Stated(label="NGƯỜI CHẾT", heading=True),
        Stated(label="Họ, chữ đệm, tên", text="HUỲNH VĂN TÁM"),
        Stated(label="Giới tính", text="Nam"),
        Stated(label="Dân tộc", text="Kinh", beside=True),
        Stated(label="Quốc tịch", text="Việt Nam", beside=True),
        Stated(
            label="Ngày, tháng, năm chết",
            text="12/10/2026",
            words="ngày mười hai tháng mười năm hai nghìn không trăm hai mươi sáu",
        ),
        Stated(label="Ghi chú", blank=True),
    ),
    closing=("Trích lục này được lập theo Sổ hộ tịch./.",),
    role="NGƯỜI KÝ TRÍCH LỤC",
)
SIGNATURE = Worded(
    **HEAD,
    number="77",
    title="Lời chứng chứng thực chữ ký",
    opening="Hôm nay, ngày 05 tháng 11 năm 2026, tại Ủy ban nhân dân xã Tân Lộc.",
    closing=("Tôi Trần Minh Khởi, là Phó Chủ tịch.", "Số chứng thực: 77; quyển số: 01/2026 - SCT/CK, ĐC."),
    role="NGƯỜI THỰC HIỆN CHỨNG THỰC",
)
MARRIAGE = MarriageCertificate(
    **HEAD,
    number="15/2026",
    wife=Spouse(
        name="NGUYỄN THỊ LAN",
        birth="12/03/1994",
        ethnicity="Kinh",
        nationality="Việt Nam",
        residence="Ấp Dinh Củ, xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
        paper="096194000123",
    ),
    husband=Spouse(name="HOÀNG MINH KHÔI", birth="25/07/1992", ethnicity="Khmer", nationality="Việt Nam"),
    registered_at="Ủy ban nhân dân xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
)

USUAL: dict[str, Sheet] = {"trich-luc": DEATH, "loi-chung": SIGNATURE, "giay-chung-nhan-ket-hon": MARRIAGE}
STRETCHED: dict[str, Sheet] = {
    "trich-luc": replace(
        DEATH,
        title=LONG_NAME[:90],
        lines=(Stated(label=LONG_NAME[:60], text=LONG_WORD), Stated(label=LONG_NAME[:60], text=LONG_WORD, beside=True)),
        office=LONG_OFFICE,
    ),
    "loi-chung": replace(SIGNATURE, closing=(LONG_WORD, LONG_NAME), office=LONG_OFFICE),
    "giay-chung-nhan-ket-hon": replace(
        MARRIAGE,
        wife=Spouse(name=LONG_NAME[:120].upper(), residence=LONG_WORD, paper=LONG_WORD[:60]),
        husband=Spouse(name=LONG_NAME[:120].upper(), residence=LONG_WORD),
        office=LONG_OFFICE,
    ),
}

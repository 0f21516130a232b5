"""What each result sheet says, once as usual and once as long as it may get."""

from dataclasses import replace
from datetime import date

from camaug.cases.results import sayings as s
from camaug.cases.results.allowance import AllowanceDecision
from camaug.cases.results.building_permit import BuildingPermit
from camaug.cases.results.criminal_record import CriminalRecord
from camaug.cases.results.land_certificate import Holder, LandCertificate
from camaug.cases.results.newborn import InsuranceNotice, ResidenceNotice
from camaug.cases.results.worded import Stated, Worded
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
RECORD = CriminalRecord(
    **{
        **HEAD,
        "office": replace(OFFICE, name="Sở Tư pháp", superior="Ủy ban nhân dân tỉnh Cà Mau", place="Cà Mau"),
        "signer_lines": ("GIÁM ĐỐC",),
    },
    number="412/STP-LLTP",
    name="ĐẶNG NGỌC ÁNH",
    sex="Nữ",
    birth_date=date(2000, 5, 19),
    birth_place="xã Hồ Thị Kỷ, huyện Thới Bình, tỉnh Cà Mau",
    nationality="Việt Nam",
    residence="Ấp Cây Khô, xã Hồ Thị Kỷ, huyện Thới Bình, tỉnh Cà Mau",
    paper="096300000321",
    record="Không có án tích",
    ban_asked=True,
    ban="Không bị cấm",
)
PERMIT = BuildingPermit(
    **{**HEAD, "office": replace(OFFICE, name="Ủy ban nhân dân huyện Ngọc Hiển", place="Ngọc Hiển")},
    number="31/GPXD",
    owner="HUỲNH THANH TÂM",
    owner_number="096085000654",
    owner_address="Ấp Nhà Diệu, xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
    plot="thửa 215, tờ bản đồ 12",
    site="Ấp Nhà Diệu, xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
    plot_area=150,
    designer="Công ty TNHH Tư vấn xây dựng Đất Mũi",
    designer_code="CAM-00012345",
    building_class="Cấp III",
    level="+0,45",
    setback="2,5",
    ground_area=80,
    floor_area=160,
    floor_area_detail="tầng trệt 80, tầng hai 80",
    floors=2,
    height="7,8",
)
ALLOWANCE = AllowanceDecision(
    **{
        **HEAD,
        "office": replace(OFFICE, name="Ủy ban nhân dân huyện Ngọc Hiển", place="Ngọc Hiển"),
        "signer_lines": ("CHỦ TỊCH",),
    },
    number="118/QĐ-UBND",
    name="TRẦN THỊ NĂM",
    birth_date=date(1964, 9, 2),
    personal_number="096164000987",
    residence="Ấp Xẻo Lá, xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
    clause=6,
    group="Người khuyết tật nặng hoặc đặc biệt nặng",
    coefficient="2,0",
    amount=1_000_000,
    proposer="Phòng Lao động - Thương binh và Xã hội huyện Ngọc Hiển",
    commune="Ủy ban nhân dân xã Tân Ân",
)
LAND = LandCertificate(
    **{
        **HEAD,
        "office": replace(
            OFFICE,
            name="Chi nhánh Văn phòng Đăng ký đất đai huyện Ngọc Hiển",
            superior="Văn phòng Đăng ký đất đai tỉnh Cà Mau",
            place="Ngọc Hiển",
        ),
        "signer_lines": ("GIÁM ĐỐC",),
    },
    number="CN 00057",
    renewed=True,
    holders=(Holder(name="HUỲNH THANH TÂM", number="096085000654", address="Ấp Nhà Diệu, xã Tân Ân, huyện Ngọc Hiển"),),
    how="Nhận chuyển nhượng",
    giver="ông Trần Văn Sáu, bà Lê Thị Mười",
    plot="215",
    map_sheet="12",
    area="2.450,5",
    land_use="Đất nuôi trồng thủy sản",
    term="đến tháng 10 năm 2063",
    site="Ấp Nhà Diệu, xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
    old_book_number="CH 01234",
    old_serial="DK 123456",
    old_date=date(2019, 6, 10),
    contract="1234/2026",
    contract_date=date(2026, 10, 20),
    notary="Phòng Công chứng số 1 tỉnh Cà Mau",
)
CHILD = {
    "recipient": "Huỳnh Thị Mộng Thường",
    "name": "LÊ HUỲNH MINH AN",
    "birth_date": date(2026, 10, 25),
    "sex": "Nữ",
    "address": "Ấp Dinh Củ, xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
}
RESIDENCE = ResidenceNotice(
    **{
        **HEAD,
        **CHILD,
        "office": replace(OFFICE, name="Công an xã Tân Ân", superior="Công an huyện Ngọc Hiển", place="Tân Ân"),
        "signer_lines": ("TRƯỞNG CÔNG AN",),
    },
    number="19/TB",
    head_of_household="Lê Văn Đượm",
    head_number="096088001234",
    relation="con",
    issuer="Công an xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
)
INSURANCE = InsuranceNotice(
    **{
        **HEAD,
        **CHILD,
        "office": replace(
            OFFICE,
            name="Bảo hiểm xã hội huyện Ngọc Hiển",
            superior="Bảo hiểm xã hội tỉnh Cà Mau",
            place="Ngọc Hiển",
        ),
        "signer_lines": ("GIÁM ĐỐC",),
    },
    number="77/TB-BHXH",
    clinic="Trạm Y tế xã Tân Ân",
)

FARM = Worded(
    **{
        **HEAD,
        "office": replace(
            OFFICE,
            name="Chi cục Thủy sản tỉnh Cà Mau",
            superior="Sở Nông nghiệp và Phát triển nông thôn",
            place="Cà Mau",
        ),
        "signer_lines": ("CHI CỤC TRƯỞNG",),
    },
    number="0123/GXN-CCTS",
    title="Giấy xác nhận",
    about="Nuôi trồng thủy sản lồng bè, đối tượng thủy sản nuôi chủ lực",
    opening="Căn cứ Luật Thủy sản, xác nhận cơ sở nuôi trồng thủy sản có thông tin sau:",
    lines=(
        Stated(label="Chủ cơ sở", text="NGUYỄN VĂN ĐỞM"),
        Stated(label="Địa chỉ cơ sở nuôi", text="kênh Đường Kéo, ấp Đường Kéo, xã Tân Ân"),
        Stated(label="Diện tích mặt nước nuôi (m²)", text="3.000"),
        Stated(
            label="Các ao nuôi",
            head=("Số ao", "Diện tích (m²)", "Đối tượng nuôi", "Hình thức nuôi", "Tọa độ (vĩ độ, kinh độ)"),
            rows=(
                ("Ao 1", "1.500", "Tôm thẻ chân trắng", "Siêu thâm canh", "8.651234, 105.041712"),
                ("Ao 2", "1.500", "Tôm sú", "Quảng canh cải tiến", "8.651841, 105.041905"),
            ),
        ),
    ),
    closing=("Khi thay đổi diện tích hoặc đối tượng nuôi, chủ cơ sở đề nghị cấp lại Giấy xác nhận.",),
    recipient="Nguyễn Văn Đởm",
    copies_to=("Ủy ban nhân dân cấp xã nơi có cơ sở nuôi",),
)
SCHOOL = Worded(
    **{**HEAD, "office": replace(OFFICE, name="Ủy ban nhân dân huyện Ngọc Hiển", place="Ngọc Hiển")},
    number="41/QĐ-UBND",
    title="Quyết định",
    about="Cho phép thành lập Trường Mầm non tư thục Hoa Đước",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NGỌC HIỂN",
    grounds=("Căn cứ Luật Tổ chức chính quyền địa phương;", "Theo đề nghị của Trưởng phòng Giáo dục và Đào tạo."),
    opening="Cho phép thành lập Trường Mầm non tư thục Hoa Đước, với các nội dung sau:",
    lines=(
        Stated(label="Chủ đầu tư", text="NGUYỄN THỊ LAN"),
        Stated(label="Vốn đầu tư", text="2.000.000.000 đồng", words="Hai tỷ đồng"),
    ),
    closing=("Trường hoạt động theo quy định của pháp luật.", "Quyết định này có hiệu lực kể từ ngày ký./."),
    recipient="Nguyễn Thị Lan",
    copies_to=("Phòng Giáo dục và Đào tạo",),
)
SHOW = Worded(
    **{
        **HEAD,
        "office": replace(
            OFFICE, name="Sở Văn hóa, Thể thao và Du lịch", superior="Ủy ban nhân dân tỉnh Cà Mau", place="Cà Mau"
        ),
        "signer_lines": ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    },
    number="207/SVHTTDL-QLVH",
    title="Văn bản chấp thuận",
    about="chấp thuận tổ chức biểu diễn nghệ thuật “Đêm hội Đất Mũi”",
    opening="Sở Văn hóa, Thể thao và Du lịch chấp thuận tổ chức chương trình với các nội dung sau:",
    lines=(Stated(label="Chương trình", text="Đêm hội Đất Mũi"), Stated(label="Ngày biểu diễn", text="20/12/2026")),
    closing=(
        "Đơn vị thực hiện đúng nội dung được chấp thuận.",
        "Trân trọng",
    ),
    recipient="Công ty TNHH Sự kiện Đất Mũi",
)
USUAL: dict[str, s.Sheet] = {
    "giay-khai-sinh": BIRTH,
    "giay-chung-nhan-ho-kinh-doanh": BUSINESS,
    "ban-sao-chung-thuc": COPY,
    "van-ban-tu-choi": DENIAL,
    "phieu-ly-lich-tu-phap": RECORD,
    "giay-phep-xay-dung": PERMIT,
    "quyet-dinh-tro-cap": ALLOWANCE,
    "giay-chung-nhan-dat": LAND,
    "thong-bao-cu-tru": RESIDENCE,
    "the-bao-hiem-y-te": INSURANCE,
    "giay-phep": FARM,
    "quyet-dinh": SCHOOL,
    "cong-van": SHOW,
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
    "phieu-ly-lich-tu-phap": replace(
        RECORD, name=LONG_NAME[:120].upper(), birth_place=LONG_WORD, record="Có án tích. " * 120, office=LONG_OFFICE
    ),
    "giay-phep-xay-dung": replace(
        PERMIT, owner=LONG_NAME[:120].upper(), plot=LONG_WORD, designer=LONG_WORD, site=LONG_WORD, office=LONG_OFFICE
    ),
    "quyet-dinh-tro-cap": replace(
        ALLOWANCE, name=LONG_NAME[:120].upper(), residence=LONG_WORD, amount=0, children=12, office=LONG_OFFICE
    ),
    "giay-chung-nhan-dat": replace(
        LAND, renewed=False, holders=LAND.holders * 20, site=LONG_WORD, giver=LONG_NAME[:200], office=LONG_OFFICE
    ),
    "thong-bao-cu-tru": replace(
        RESIDENCE, name=LONG_NAME[:120].upper(), address=LONG_WORD, relation=LONG_WORD[:60], office=LONG_OFFICE
    ),
    "the-bao-hiem-y-te": replace(INSURANCE, name=LONG_NAME[:120].upper(), clinic=LONG_WORD, office=LONG_OFFICE),
    "giay-phep": replace(
        FARM,
        title=LONG_NAME[:160],
        lines=(
            *FARM.lines,
            replace(FARM.lines[-1], rows=FARM.lines[-1].rows * 30),
            Stated(label="Ghi", text=LONG_WORD),
        ),
        recipient=LONG_NAME[:120],
        office=LONG_OFFICE,
    ),
    "quyet-dinh": replace(SCHOOL, about=LONG_WORD, authority=LONG_NAME[:160].upper(), office=LONG_OFFICE),
    "cong-van": replace(SHOW, about=LONG_WORD, recipient=LONG_NAME[:160], office=LONG_OFFICE),
}

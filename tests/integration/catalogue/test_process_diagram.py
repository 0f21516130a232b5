import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from camaug.people.models import Role
from tests.unit.catalogue.samples import real

pytestmark = pytest.mark.django_db
CODE = "dang-ky-khai-sinh"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(language: str = "vi", **case: object) -> str:
    page = Template("{% load processes %}{% process_diagram definition current done named %}")
    given = {"definition": real(CODE), "current": None, "done": (), "named": {}, **case}
    with override(language):
        return page.render(Context(given))


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html.strip().replace("<br>", "<br/>"))


def words(html: str) -> str:
    return " ".join(" ".join(parsed(html).itertext()).split())


def test_the_drawing_is_well_formed_and_carries_no_style_or_script() -> None:
    html = drawn(current="ky-duyet", done=("tiep-nhan", "tham-dinh"))
    assert len(parsed(html).findall(".//svg")) == 2
    assert not re.search(r"style=|<script|<style|on\w+=", html)
    identities = re.findall(r'id="([^"]+)"', html)
    assert len(identities) == len(set(identities))
    for reference in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        assert reference in identities


def test_who_does_not_see_the_drawing_reads_it() -> None:
    Role.objects.create(code="LEADER", name="Lãnh đạo cơ quan")
    html = drawn(current="ky-duyet", done=("tiep-nhan", "tham-dinh"), named={"RECEIVING": "UBND thị trấn Rạch Gốc"})
    items = [" ".join(" ".join(item.itertext()).split()) for item in parsed(html).findall(".//li")]
    assert items[0].startswith("Tiếp nhận, kiểm tra và số hóa hồ sơ · đã xong UBND thị trấn Rạch Gốc")
    assert items[1].endswith("Có thể hỏi cơ quan khác: Xác minh tình trạng hôn nhân của cha, mẹ (24 giờ làm việc)")
    assert "hồ sơ đang ở đây" in items[2]
    assert "Lãnh đạo cơ quan" in items[2]
    assert [item.get("aria-current") for item in parsed(html).findall(".//li")] == [None, None, "step", None, None]
    assert "5 bước, tổng cộng 8 giờ làm việc." in words(html)
    assert "Hồ sơ đang ở bước “Ký Giấy khai sinh”." in words(html)


def test_without_a_case_nothing_is_marked() -> None:
    html = drawn()
    assert "đã xong" not in html
    assert "đang ở" not in html
    assert html.count("process__step--plain") == 10


def test_it_speaks_english_too() -> None:
    assert "Sign the certificate" in words(drawn("en"))


def test_names_are_escaped() -> None:
    assert "<b>" not in drawn(named={"RECEIVING": "<b>UBND</b>"})

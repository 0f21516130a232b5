"""A shrimp farmer registers two ponds on his phone, each where the map shows it, as the papers of the trade ask."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.hands import press, press_button
from tests.browser.reaching import too_wide
from tests.browser.test_a_mother_registers_a_birth import choose, go_on, sign_in
from tests.browser.watching import picture

CODE = "giay-xac-nhan-nuoi-trong-thuy-san"
FARMER = "0918 000 246"
WIDE = {"width": 1440, "height": 900}
CHOICES = {"request": "NEW", "owner_kind": "PERSON", "place_kind": "POND", "right": "OWN"}
TYPED = {"total_area": "20.000", "water_area": "3000", "right_number": "CH 01234, ngày 12/5/2018"}
PLACE = {"site.province": "96", "site.district": "973", "site.commune": "32245"}
PONDS = (
    {"name": "Ao 1", "area": "1500", "position": "8,651234; 105,041712"},
    {"name": "Ao 2", "area": "1.500", "position": "8°39'06\" B, 105°02'31\" Đ"},
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan of the ponds, drawn by hand and photographed."""
    path = tmp_path / "so-do.jpg"
    Image.effect_noise((900, 1200), 40).convert("RGB").save(path, quality=80)
    return path


def look(page: Page, name: str) -> None:
    """Nothing for axe to find, no sideways scrolling; and pictures of a phone and of a desk."""
    assert violations(page) == [], name
    assert too_wide(page) == [], name
    picture(page, f"farm-{name}")
    own = page.viewport_size
    assert own
    page.set_viewport_size(WIDE)
    picture(page, f"farm-{name}")
    page.set_viewport_size(own)


def ponds(page: Page) -> None:
    """The table of ponds: what is no position is refused in words, what is one is kept as decimal degrees."""
    page.get_by_role("button", name="Thêm dòng").click()
    page.locator('[name="ponds.1.name"]').wait_for()
    for number, pond in enumerate(PONDS):
        for column, value in pond.items():
            page.locator(f'[name="ponds.{number}.{column}"]').fill(value)
        page.locator(f'[name="ponds.{number}.species"]').select_option("VANNAMEI")
        page.locator(f'[name="ponds.{number}.method"]').select_option("SUPER_INTENSIVE")
    page.locator('[name="ponds.1.position"]').fill("gần cầu")
    go_on(page)
    expect(page.get_by_role("main").get_by_text("Ghi vĩ độ, kinh độ").first).to_be_visible()
    look(page, "ponds-wrong")
    page.locator('[name="ponds.1.position"]').fill(PONDS[1]["position"])


def fill(page: Page) -> None:
    """Whatever of the answers this page asks for; what is known already stays."""
    for name, value in CHOICES.items():
        wanted = page.locator(f'[name="{name}"][value="{value}"]')
        if wanted.count():
            wanted.check()
    for name, value in TYPED.items():
        if page.locator(f'main [name="{name}"]').count():
            page.locator(f'[name="{name}"]').fill(value)
    if page.locator('[name="site.province"]').count():
        for name, value in PLACE.items():
            choose(page, name, value)
        page.locator('[name="site.detail"]').fill("Kênh Đường Kéo")
    if page.locator('[name="ponds.0.name"]').count():
        ponds(page)


def test_a_farmer_registers_his_ponds(phone: Page, plan: Path) -> None:
    phone.goto("/procedures/?q=đăng+ký+vuông+tôm")
    press(phone.get_by_role("main").get_by_role("link", name="Đăng ký nuôi tôm, nuôi lồng bè").first)
    look(phone, "procedure")
    phone.goto(f"/apply/{CODE}/")
    press(phone.get_by_role("link", name="Bắt đầu"))
    sign_in(phone, FARMER)
    phone.wait_for_url(f"**/apply/{CODE}/")
    press_button(phone, "Bắt đầu")
    while "/pages/" in phone.url:
        look(phone, phone.url.split("/pages/")[1].split("/")[0])
        fill(phone)
        go_on(phone)
    go_on(phone)
    phone.locator('input[name="so-do-ao-long"]').set_input_files(plan)
    press_button(phone, "Gửi các tệp này")
    go_on(phone)
    go_on(phone)
    for kept in ("Nguyễn Văn Đởm", "8.651234, 105.041712", "8.651667, 105.041944"):
        expect(phone.get_by_role("main").get_by_text(kept).first).to_be_visible()
    look(phone, "check")
    press_button(phone, "nộp hồ sơ")
    phone.wait_for_url("**/receipt/")

"""A procedure is copied, changed by hand and keyboard, seen as others see it, compared, scheduled and taken back."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from camaug.catalogue.drafting.scenarios import read_scenarios, scenarios_said
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.hands import press, press_button, sign_in
from tests.browser.reaching import too_wide
from tests.browser.watching import picture

ADMINISTRATOR = "stttt_nguyenhuuphuoc"
ROOT = "/desk/administration/procedures/"
CODE = "dang-ky-khai-sinh"
DRAFT = f"{ROOT}{CODE}/draft/"
NEW = "kiem-tra-thuc-te"


def looked_at(page: Page, name: str) -> None:
    """Sound and photographed at both widths."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert (violations(page), too_wide(page)) == ([], []), name
        picture(page, f"{name}-{size['width']}")


def test_the_whole_way_of_a_version(desktop: Page) -> None:
    page = desktop
    sign_in(page, ADMINISTRATOR, to=ROOT)
    looked_at(page, "procedures")
    page.goto(f"{ROOT}{CODE}/")
    press(page.get_by_role("link", name="Sao chép phiên bản 1"))
    press_button(page, "Sao chép và soạn tiếp")
    looked_at(page, "draft")
    page.goto(f"{DRAFT}at/limits/0/")
    page.get_by_label("Số lượng").fill("3")
    press_button(page, "Lưu")
    a_question_is_dragged_and_another_moved_by_keyboard(page)
    a_step_is_added_on_the_diagram(page)
    it_is_seen_as_others_see_it(page)
    it_is_compared_scheduled_and_taken_back(page)


def a_question_is_dragged_and_another_moved_by_keyboard(page: Page) -> None:
    page.goto(f"{DRAFT}form/")
    lists = page.locator("[data-list]")
    name = lists.nth(2).locator(".listed__name a").first.inner_text()
    handle, target = lists.nth(2).locator(".handle").first, lists.nth(3).locator("[data-place]").first
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=12)
    with page.expect_navigation():
        page.mouse.up()
    expect(lists.nth(3)).to_contain_text(name)
    expect(lists.nth(2)).not_to_contain_text(name)
    second = lists.nth(3).locator(".listed__name a").nth(1).inner_text()
    up = page.get_by_role("button", name=f"Chuyển lên: {second}", exact=True).first
    up.focus()
    press(up, "Enter")
    expect(lists.nth(3).locator(".listed__name a").first).to_have_text(second)
    looked_at(page, "form")


def a_step_is_added_on_the_diagram(page: Page) -> None:
    page.goto(f"{DRAFT}process/")
    step = page.locator("svg.process__drawing--wide a[href='?step=tham-dinh#step']")
    press(step, "Enter")
    page.get_by_placeholder("Nội dung công việc").fill("Kiểm tra thực tế")
    press_button(page, "Thêm bước")
    expect(page.locator("svg.process__drawing--wide .process__step--faulty")).to_have_count(1)
    looked_at(page, "process")
    page.get_by_label("Vai trò").select_option(index=1)
    press_button(page, "Lưu")
    expect(page.locator(".process__step--faulty")).to_have_count(0)


def it_is_seen_as_others_see_it(page: Page) -> None:
    for name in ("leaflet", "trial", "counter"):
        page.goto(f"{DRAFT}{name}/")
        expect(page.get_by_text("Xem trước dự thảo").first).to_be_visible()
        looked_at(page, f"preview-{name}")


def it_is_compared_scheduled_and_taken_back(page: Page) -> None:
    page.goto(f"{ROOT}{CODE}/comparison/")
    expect(page.locator("ins", has_text="3 ngày làm việc")).to_be_visible()
    looked_at(page, "comparison")
    page.goto(f"{DRAFT}scenarios/")
    scenarios = page.get_by_label("Tình huống viết bằng YAML")
    found = read_scenarios(scenarios.input_value())
    for one, due in zip(found, ("2026-10-08T17:00", "2026-10-09T17:00", "2026-10-08T17:00"), strict=True):
        steps = [(step, NEW) if step == "tham-dinh" else (step,) for step in one["expect"]["route"]]
        one["expect"] |= {"due": due, "route": [step for some in steps for step in some]}
    scenarios.fill(scenarios_said({"scenarios": found}))
    press_button(page, "Lưu")
    page.goto(f"{DRAFT}scheduling/")
    day = date.today() + timedelta(days=30)  # noqa: DTZ011 (any day of next month)
    for label, value in (("Ngày", day.day), ("Tháng", day.month), ("Năm", day.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    looked_at(page, "scheduling")
    press_button(page, "Đặt ngày hiệu lực")
    expect(page.get_by_text("chờ hiệu lực")).to_be_visible()
    looked_at(page, "procedure")
    press(page.get_by_role("link", name="Thu hồi phiên bản 2"))
    press_button(page, "Thu hồi")
    expect(page.locator("td .tag", has_text="đã thu hồi")).to_be_visible()
    expect(page.locator("td .tag", has_text="đang có hiệu lực")).to_be_visible()

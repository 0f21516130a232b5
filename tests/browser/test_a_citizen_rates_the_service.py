"""Somebody who holds the code of a finished case says how it was served: with scripts or without, on a phone or a desk."""

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, live_address
from tests.browser.hands import press_button
from tests.browser.watching import Watch, picture

UNRATED = """
    SELECT code, right(applicant_number, 4) FROM cases_case
    WHERE state = %s AND applicant_number <> '' AND NOT EXISTS (SELECT FROM cases_rating WHERE case_id = cases_case.id)
    ORDER BY id LIMIT 1
"""


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def follow(page: Page, worker_id: str, state: str) -> None:
    """Open the page of a case in that state that nobody has rated, with its code and four digits."""
    with psycopg.connect(live_address(worker_id)) as connection:
        found = connection.execute(UNRATED, [state]).fetchone()
    assert found
    code, fact = found
    page.goto(f"/follow/?code={code}")
    page.locator("main [name=fact]").fill(fact)
    press_button(page, "Tra cứu")
    page.wait_for_url("**/follow/case/")


def test_a_rating_is_given_and_changed(page: Page, worker_id: str) -> None:
    follow(page, worker_id, "HANDED_OUT")
    expect(page.get_by_text("Không bắt buộc.")).to_be_visible()
    assert violations(page) == []
    picture(page, "rating-asked")
    press_button(page, "Gửi đánh giá")
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn một trong ba câu trả lời.")
    assert violations(page) == []
    page.get_by_label("Rất hài lòng").check()
    page.get_by_label("Điều gì tốt, điều gì nên làm tốt hơn?").fill("Cô ở quầy rất tận tình.")
    press_button(page, "Gửi đánh giá")
    page.wait_for_url("**/follow/case/")
    expect(page.get_by_text("Cảm ơn bạn. Ý kiến của bạn")).to_be_visible()
    picture(page, "rating-given")
    page.get_by_role("link", name="Sửa đánh giá").click()
    expect(page.get_by_label("Rất hài lòng")).to_be_checked()
    page.get_by_label("Chưa hài lòng").check()
    press_button(page, "Sửa đánh giá")
    expect(page.get_by_text("Bạn đã chọn: Chưa hài lòng.")).to_be_visible()


def test_a_case_under_way_asks_nothing(phone: Page, worker_id: str) -> None:
    follow(phone, worker_id, "IN_PROCESS")
    expect(phone.locator("[name=satisfaction]")).to_have_count(0)


def test_without_scripts_a_rating_is_given_too(chromium: Browser, live: str, watch: Watch, worker_id: str) -> None:
    context = chromium.new_context(base_url=live, viewport=PHONE, locale="vi-VN", java_script_enabled=False)
    plain = watch.page(context)
    follow(plain, worker_id, "RESULT_READY")
    plain.locator("[value=SATISFIED]").check()
    plain.get_by_role("button", name="Gửi đánh giá").click()
    expect(plain.get_by_text("Bạn đã chọn: Hài lòng.")).to_be_visible()
    context.close()

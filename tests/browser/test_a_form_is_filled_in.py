"""The example form in a real browser: with and without scripts, on a phone and at the counter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from camaug.kernel.text import fold
from camaug.people.models import Place
from tests.browser.axe import violations
from tests.browser.hands import press, press_button
from tests.browser.reaching import too_wide
from tests.browser.watching import Watch, picture
from tests.unit.forms.example import DAY_OF_PLACES, SmallCountry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(settings: Any, live_server: Any) -> str:
    settings.ROOT_URLCONF = "tests.browser.forms_site"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
    made: dict[str, Place] = {}
    for code, parent, kind, name in SmallCountry().rows:
        above = made.get(parent)
        full_name = f"{name}, {above.full_name}" if above else name
        made[code] = Place.objects.create(
            code=code,
            name=name,
            full_name=full_name,
            folded=fold(full_name),
            kind=kind,
            parent=above,
            valid_from=DAY_OF_PLACES,
        )
    return str(live_server.url)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(scripts: bool, chromium: Browser, site: str, watch: Watch) -> Iterator[Page]:
    size = {"width": 360, "height": 740}
    context = chromium.new_context(base_url=site, viewport=size, locale="vi-VN", java_script_enabled=scripts)
    yield watch.page(context)
    context.close()


def _choose(page: Page, name: str, label: str, *, scripts: bool) -> None:
    page.locator(f'[name="home.{name}"]').select_option(label=label)
    if not scripts:
        press(page.locator("button[name=choose]").first)


def test_an_address_is_chosen_from_province_to_commune(page: Page, scripts: bool) -> None:
    page.goto("/example/home/")
    _choose(page, "province", "Tỉnh Cà Mau", scripts=scripts)
    _choose(page, "district", "Huyện U Minh", scripts=scripts)
    page.locator('[name="home.commune"]').select_option(label="Thị trấn U Minh")
    press_button(page, "Tiếp tục")
    expect(page.locator("#done")).to_be_visible()
    expect(page.locator('[name="home.commune"]')).to_have_value("32044")
    _choose(page, "province", "Tỉnh Bạc Liêu", scripts=scripts)
    expect(page.locator('[name="home.commune"]')).to_have_value("")


def test_rows_are_added_and_removed(page: Page) -> None:
    page.goto("/example/lines/")
    page.locator('[name="lines.0.name"]').fill("Bán bánh")
    page.get_by_role("button", name="Thêm dòng").click()
    page.locator('[name="lines.1.name"]').fill("Bán nón")
    page.get_by_role("button", name="Xóa").first.click()
    page.locator('[name="lines.1.name"]').wait_for(state="detached")
    expect(page.locator('[name="lines.0.name"]')).to_have_value("Bán nón")


def test_a_question_opens_when_its_condition_holds(page: Page) -> None:
    page.goto("/example/stall/")
    expect(page.locator('[name="wheels"]')).to_have_count(0)
    page.get_by_label("Xe đẩy").check()
    press_button(page, "Tiếp tục")
    expect(page.locator('[name="wheels"]')).to_be_visible()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


@pytest.fixture
def counter(chromium: Browser, site: str, watch: Watch) -> Iterator[Page]:
    context = chromium.new_context(base_url=site, viewport={"width": 1440, "height": 900}, locale="vi-VN")
    page = watch.page(context)
    page.goto("/example/counter/")
    yield page
    context.close()


def test_the_counter_sees_only_the_questions_that_apply(counter: Page) -> None:
    wheels, helper = counter.locator('[name="wheels"]'), counter.locator('[name="helper.full_name"]')
    expect(wheels).to_be_hidden()
    expect(helper).to_be_hidden()
    counter.get_by_label("Xe đẩy").check()
    counter.locator("#helped").check()
    expect(wheels).to_be_visible()
    expect(helper).to_be_visible()
    expect(counter.locator('[name="home.place"]')).to_be_visible()
    counter.locator('[name="number"]').fill("096190001234")
    counter.locator('[name="number"]').blur()
    expect(counter.locator('[name="home.place"]')).to_be_hidden()
    expect(counter.locator('[name="lines.0.licence"]')).to_be_hidden()
    counter.locator('[name="lines.0.food"]').first.check()
    expect(counter.locator('[name="lines.0.licence"]')).to_be_visible()


def test_the_counter_is_offered_communes_while_typing(counter: Page) -> None:
    counter.locator('[name="home.place"]').press_sequentially("phuong 2")
    counter.locator("datalist#home\\.place-list option, datalist option[value^='Phường 2']").first.wait_for(
        state="attached"
    )


def test_a_clerk_fills_in_the_whole_form_by_keyboard(counter: Page) -> None:
    keys = counter.keyboard
    counter.locator('[name="full_name"]').focus()
    for typed in ("Nguyễn Thị Đước", "2/3/1990", "", "", "0918000123", "", "phuong 9", "Số 12"):
        keys.type(typed)
        keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    counter.locator('[name="capital"]').focus()
    keys.type("50000000")
    keys.press("Tab")
    keys.press("ArrowDown")
    counter.locator('[name="lines.0.name"]').focus()
    keys.type("Bán nón lá")
    keys.press("Tab")
    keys.press("ArrowDown")
    counter.locator('[name="lines.0.main"]').check()
    counter.locator('[name="promise"]').check()
    with counter.expect_navigation():
        keys.press("Enter")
    expect(counter.locator(".govuk-error-summary")).to_have_count(0)
    expect(counter.locator("#done")).to_be_visible()


@pytest.mark.parametrize("address", ["counter", "name", "number", "home", "stall", "capital", "lines", "promise"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    chromium: Browser, site: str, watch: Watch, address: str, width: int
) -> None:
    context = chromium.new_context(base_url=site, viewport={"width": width, "height": 900}, locale="vi-VN")
    page = watch.page(context)
    page.goto(f"/example/{address}/")
    assert violations(page) == []
    assert too_wide(page) == []
    press(page.get_by_role("button", name="Ghi" if address == "counter" else "Tiếp tục", exact=True))
    assert violations(page) == []
    picture(page, f"form-{address}")
    context.close()

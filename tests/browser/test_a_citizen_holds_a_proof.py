"""A mother downloads the sealed history of her case and looks up how it is checked, on a phone and at a desk."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from camaug.access.models import Account
from camaug.audit import keys
from camaug.audit.actions.seal import seal
from camaug.audit.checker import check_history
from camaug.cases.actions.stamp_slip import stamp_slip
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.dispatch import drain
from tests.applications import carry, send_birth
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.reaching import too_wide
from tests.browser.watching import picture
from tests.sessions import enter
from tests.world import build

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Sealed:
    """The mother's decided case, sealed, and her session."""

    case: str
    session: str
    paper: str


@pytest.fixture
def sealed(tmp_path: Path, settings: Any) -> Sealed:
    settings.SEAL_KEY_FILE = str(tmp_path / "seal-key")
    location = {"OPTIONS": {"location": tmp_path / "history"}}
    settings.STORAGES = {**settings.STORAGES, "history": {**settings.STORAGES["history"], **location}}
    keys.make_key(tmp_path / "seal-key")
    world = build()
    case = carry(world, send_birth(world), to="RETURN")
    drain()
    assert seal(key=keys.signer(), at=now()).new
    paper = stamp_slip(case.slips.get(form=1).id, by=SYSTEM, at=now())
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    return Sealed(f"/my-cases/{case.pk}/", client.cookies["sessionid"].value, f"/proofs/{paper.proof_code}/")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_mother_takes_her_proof_and_a_stranger_checks_it(
    chromium: Browser, live_server: LiveServer, sealed: Sealed, screen: ViewportSize, tmp_path: Path
) -> None:
    context = chromium.new_context(viewport=screen, locale="vi-VN", base_url=live_server.url, accept_downloads=True)
    context.add_cookies([{"name": "sessionid", "value": sealed.session, "url": live_server.url}])
    page = context.new_page()
    page.goto(sealed.case)
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Bằng chứng về quá trình xử lý (tệp)").click()
    proof = tmp_path / "proof.json"
    arriving.value.save_as(proof)
    page.get_by_role("link", name="Cách kiểm chứng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhật ký xử lý được niêm phong")
    assert not too_wide(page)
    assert violations(page) == []
    picture(page, "sealed-history")
    key = page.get_by_text("/history+").inner_text().strip()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Tải chương trình kiểm chứng").click()
    checker = tmp_path / "check_history.py"
    arriving.value.save_as(checker)
    assert checker.read_bytes() == Path(check_history.__file__).read_bytes()
    said = subprocess.run(
        [sys.executable, "-I", checker, proof, "--key", key], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout
    assert f"of {json.loads(proof.read_text())['case']}, as they were sealed" in said.stdout
    context.close()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_who_holds_the_receipt_gets_from_its_picture_to_its_proof(
    chromium: Browser, live_server: LiveServer, sealed: Sealed, screen: ViewportSize
) -> None:
    context = chromium.new_context(viewport=screen, locale="vi-VN", base_url=live_server.url, accept_downloads=True)
    page = context.new_page()
    page.goto(sealed.paper)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Giấy tiếp nhận hồ sơ")
    page.get_by_text("Chứng minh cả từng chữ").click()
    page.get_by_label("Bốn số cuối").fill("0000")
    page.get_by_role("button", name="Tải kèm toàn bộ nội dung").click()
    expect(page.get_by_label("Bốn số cuối")).to_be_visible()
    assert not too_wide(page)
    assert violations(page) == []
    picture(page, "proof-of-a-paper")
    page.get_by_label("Bốn số cuối").fill("0123")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Tải kèm toàn bộ nội dung").click()
    assert "Nguyễn Thị Lan" in Path(arriving.value.path()).read_text()
    page.get_by_role("link", name="Giấy khác").click()
    assert violations(page) == []
    context.close()

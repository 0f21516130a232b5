"""Systems in the administrators' area, and the officers' page of those that they may enter."""

import re
from uuid import UUID

import pytest

from camaug.kernel.actors import ANONYMOUS
from camaug.kernel.clock import now
from camaug.kernel.errors import InvalidInput, NotAllowed
from camaug.kernel.models import EventRecord
from camaug.signon.actions.register_system import register_system
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.models import System
from tests.integration.signon.conftest import Person, Register, Relying

FORM: dict[str, object] = {
    "name": "Thư điện tử công vụ",
    "words": "Thư của cơ quan",
    "owner": "H12.39.32245",
    "contact": "thu@camau.gov.vn",
    "audience": "STAFF",
    "authentication": "client_secret_basic",
    "scopes": ["openid", "email"],
    "redirect_uris": "https://thu.example/cb\nhttps://thu.example/cb2",
    "home_uri": "https://thu.example/",
    "algorithm": "ES256",
}
HOME = "/desk/administration/sign-on/"


def test_an_administrator_registers_a_system_and_sees_its_secret_once(administrator: Person, ring: object) -> None:
    assert administrator.browser.get(f"{HOME}new/").status_code == 200
    page = administrator.browser.post(f"{HOME}new/", FORM).content.decode()
    secret = re.search(r"cms_[\w-]{43}", page)
    made = System.objects.get()
    assert secret
    assert made.redirect_uris == ["https://thu.example/cb", "https://thu.example/cb2"]
    assert Relying(made, secret[0]).introspect("x") == {"active": False}
    assert secret[0] not in administrator.browser.get(f"{HOME}{made.id}/").content.decode()
    assert "Thư điện tử công vụ" in administrator.browser.get(HOME).content.decode()


WRONG: list[tuple[dict[str, object], str]] = [
    ({"name": ""}, "name"),
    ({"words": "x" * 201}, "words"),
    ({"owner": "H99"}, "owner"),
    ({"contact": "nobody"}, "contact"),
    ({"audience": "NOBODY"}, "audience"),
    ({"authentication": "magic"}, "authentication"),
    ({"algorithm": "none"}, "algorithm"),
    ({"scopes": ["email"]}, "scopes"),
    ({"scopes": ["openid", "all"]}, "scopes"),
    ({"roles": ["KING"]}, "roles"),
    ({"guards": ["mail"], "authentication": "none"}, "guards"),
    ({"redirect_uris": ""}, "redirect_uris"),
    ({"redirect_uris": "http://thu.example/cb"}, "redirect_uris"),
    ({"redirect_uris": "https://*.example/cb"}, "redirect_uris"),
    ({"post_logout_uris": "https://thu.example/#x"}, "post_logout_uris"),
    ({"post_logout_uris": "http://thu.example/left"}, "post_logout_uris"),
    ({"logout_uri": "ftp://thu.example/"}, "logout_uri"),
    ({"logout_uri": "/out"}, "logout_uri"),
    ({"logout_uri": "https://thu.example/out#x"}, "logout_uri"),
    ({"home_uri": "javascript:alert(1)"}, "home_uri"),
]


def test_what_is_wrong_is_said_beside_its_field(administrator: Person, ring: object) -> None:
    for different, field in WRONG:
        page = administrator.browser.post(f"{HOME}new/", FORM | different)
        assert page.status_code == 422, different
        assert f'href="#{field}"' in page.content.decode(), different
    assert not System.objects.exists()


def test_a_change_is_written_down(administrator: Person, meetings: Relying) -> None:
    address = f"{HOME}{meetings.system.id}/"
    assert "https://hop.example/cb" in administrator.browser.get(f"{address}change/").content.decode()
    assert administrator.browser.post(address, FORM | {"name": ""}).status_code == 422
    assert administrator.browser.post(address, FORM).status_code == 302
    noted = EventRecord.objects.get(name="signon.SystemChanged")
    assert "redirect_uris" in noted.facts["changed"]
    assert System.objects.get().name == FORM["name"]


def test_a_new_secret_and_the_end(administrator: Person, meetings: Relying) -> None:
    address = f"{HOME}{meetings.system.id}/"
    assert "cms_" in administrator.browser.post(f"{address}secrets/").content.decode()
    assert administrator.browser.post(f"{address}closure/").status_code == 302
    assert System.objects.get().closed_at
    assert administrator.browser.post(f"{address}secrets/").status_code == 404
    assert administrator.browser.post(address, FORM).status_code == 404


def test_nobody_else_registers(clerk: Person, meetings: Relying, office: UUID) -> None:
    for page in (HOME, f"{HOME}new/", f"{HOME}{meetings.system.id}/", f"{HOME}{meetings.system.id}/secrets/"):
        assert clerk.browser.get(page).status_code == 404
        assert clerk.browser.post(page, FORM).status_code == 404
    facts = SystemFacts("x", office, "a@b.vn", "STAFF", "client_secret_basic", ("openid",), ("https://x.example/",))
    with pytest.raises(NotAllowed):
        register_system(facts, by=ANONYMOUS, at=now())


def test_only_a_system_with_a_secret_asks_about_others(register: Register) -> None:
    with pytest.raises(InvalidInput):
        register(authentication="none", guards=("mail",))


def test_the_launcher_shows_what_one_may_enter(clerk: Person, administrator: Person, register: Register) -> None:
    register(name="Họp không giấy")
    register(name="Quản trị mạng", roles=("ADMINISTRATOR",))
    register(name="Chỉ cho công dân", audience="MEMBERS")
    register(name="Không có trang đầu", home_uri="")
    seen = clerk.browser.get("/desk/systems/").content.decode()
    assert "Họp không giấy" in seen
    assert not [name for name in ("Quản trị mạng", "Chỉ cho công dân", "Không có trang đầu") if name in seen]
    assert "Quản trị mạng" in administrator.browser.get("/desk/systems/").content.decode()

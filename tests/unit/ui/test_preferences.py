"""The theme is kept in a cookie, and the way back never leads to another site."""

import pytest
from django.test import RequestFactory

from camaug.ui.web.preferences import theme


@pytest.mark.parametrize("chosen", ["light", "dark", "contrast"])
def test_a_chosen_theme_is_kept(chosen: str) -> None:
    answer = theme(RequestFactory().post("/preferences/theme/", {"theme": chosen, "next": "/gallery/?q=1"}))
    assert answer.cookies["theme"].value == chosen
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/?q=1")


@pytest.mark.parametrize("chosen", ["", "purple", '"><script>'])
def test_anything_else_follows_the_device(chosen: str) -> None:
    answer = theme(RequestFactory().post("/preferences/theme/", {"theme": chosen}))
    assert answer.cookies["theme"].value == ""
    assert answer.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_the_way_back_stays_on_this_site(elsewhere: str) -> None:
    answer = theme(RequestFactory().post("/preferences/theme/", {"theme": "dark", "next": elsewhere}))
    assert answer["Location"] == "/"


def test_a_theme_is_not_changed_by_a_link() -> None:
    assert theme(RequestFactory().get("/preferences/theme/?theme=dark")).status_code == 405

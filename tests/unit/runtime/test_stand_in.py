"""Whether something plays VNeID beside a site is decided before it starts, and never in production."""

import pytest

from camaug.runtime.stand_in import NAME, foresee
from tests.ports import free_port

NONE: dict[str, tuple[dict[str, str], str]] = {
    "production": ({"CAMAUG_MODE": "production"}, "127.0.0.1"),
    "it is not wanted": ({"VNEID_STAND_IN": "off"}, "127.0.0.1"),
    "there is a provider": ({"OUTSIDE_ISSUER": "https://xacthuc.example"}, "127.0.0.1"),
    "others reach the site": ({}, "0.0.0.0"),
    "the site has another name": ({"PUBLIC_URL": "https://thu.example"}, "127.0.0.1"),
}


@pytest.mark.parametrize("why", NONE)
def test_nothing_plays_vneid_where(why: str) -> None:
    env, host = NONE[why]
    before = {name: value for name, value in env.items() if name.startswith("OUTSIDE")}
    assert foresee(env, host, free_port()) is None
    assert {name: value for name, value in env.items() if name.startswith("OUTSIDE")} == before


def test_beside_a_demo_on_this_machine_one_does_and_is_called_so() -> None:
    env: dict[str, str] = {}
    port = free_port()
    played = foresee(env, "127.0.0.1", port)
    assert played
    assert played > port
    assert env["OUTSIDE_ISSUER"] == f"http://localhost:{played}"
    assert env["OUTSIDE_NAME"] == NAME
    assert "mô phỏng" in NAME
    assert env["OUTSIDE_RETURNS_TO"] == f"http://localhost:{port}"
    assert "PUBLIC_URL" not in env
    assert len(env["OUTSIDE_CLIENT_SECRET"]) > 40

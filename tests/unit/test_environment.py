"""Demo mode and production do not mix; each refusal is one sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

PRODUCTION = {
    "CAMAUG_MODE": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "dichvucong.camau.gov.vn",
    "TRUSTED_ORIGINS": "https://dichvucong.camau.gov.vn",
    "TRUSTED_PROXIES": "0",
}


def test_without_any_setting_it_is_a_demo() -> None:
    assert environment.mode({}) == "demo"


def test_production_with_its_settings_starts() -> None:
    assert environment.mode(PRODUCTION) == "production"


@pytest.mark.parametrize("name", environment.ONLY_IN_PRODUCTION)
def test_a_demo_refuses_to_start_beside_a_production_setting(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Demo mode.*{name}"):
        environment.mode({name: PRODUCTION[name]})


@pytest.mark.parametrize("name", environment.SAID_IN_PRODUCTION)
def test_production_refuses_to_start_without_a_setting(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"without {name}"):
        environment.mode({**PRODUCTION, name: ""})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "too short"),
        ("ALLOWED_HOSTS", "a.vn, *", "names of its own hosts"),
        ("TRUSTED_ORIGINS", "https://a.vn,http://b.vn", "without https"),
        ("CAMAUG_MODE", "prod", "choose demo or production"),
    ],
)
def test_production_refuses_a_weak_setting(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        environment.mode({**PRODUCTION, name: value})


def test_an_address_names_user_password_host_port_and_options() -> None:
    found = environment.database("postgresql://an%40b:p%2Fw@db.example:6432/camaug?sslmode=verify-full")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "an@b",
        "p/w",
        "db.example",
        "6432",
        "camaug",
    )
    assert found["OPTIONS"] == {"server_side_binding": True, "prepare_threshold": 2, "sslmode": "verify-full"}


def test_an_address_may_name_a_folder_of_sockets() -> None:
    found = environment.database("postgresql://camaug:secret@/camaug?host=/tmp/camaug-Ab3")
    assert (found["HOST"], found["PORT"]) == ("/tmp/camaug-Ab3", "")


def test_an_address_of_another_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        environment.database("mysql://localhost/camaug")

"""What an installation answers to the machines that look after it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from camaug.kernel import dispatch
from camaug.kernel.models import Subscription
from tests.applications import send_birth
from tests.database import address_of
from tests.ports import free_port
from tests.world import World

TOKEN = "a-token-for-prometheus"
ASK = """
import django
django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client().get(path, headers={"host": "10.0.0.7"})
    print(answer.status_code, answer.content.decode())
"""


def test_alive_and_ready(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "missing": []}


def asked(**environment: str) -> list[str]:
    """What a process with these settings answers to /healthz and /readyz, each as `status body`."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    answer = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()


def test_without_its_database_it_is_alive_and_not_ready() -> None:
    nobody = f"postgresql://camaug@127.0.0.1:{free_port()}/camaug"
    alive, ready = asked(DATABASE_URL=nobody)
    assert alive.startswith("200 ")
    assert ready.startswith("503 ")
    assert json.loads(ready[4:])["missing"] == ["database"]


def test_before_its_migrations_it_is_not_ready() -> None:
    _alive, ready = asked(DATABASE_URL=address_of("postgres"))
    assert ready.startswith("503 ")
    assert json.loads(ready[4:])["missing"] == ["migrations"]


def test_a_balancer_that_names_no_host_and_speaks_no_tls_is_answered_in_production() -> None:
    production = {
        "CAMAUG_MODE": "production",
        "SECRET_KEY": "k" * 40,
        "ALLOWED_HOSTS": "camau.example",
        "TRUSTED_PROXIES": "0",
    }
    alive, _ready = asked(DATABASE_URL=address_of("postgres"), TRUSTED_ORIGINS="https://camau.example", **production)
    assert alive.startswith("200 ")


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    address = tmp_path / "address"
    address.write_text(os.environ["DATABASE_URL"] + "\n")
    ready = asked(DATABASE_URL_FILE=str(address))[1]
    assert json.loads(ready[4:])["missing"] in ([], ["migrations"])


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {TOKEN}x"}])
def test_figures_are_for_those_who_know_the_token(client: Client, sent: dict[str, str]) -> None:
    with override_settings(METRICS_TOKEN=TOKEN):
        assert client.get("/metrics", headers=sent).status_code == 404


def test_without_a_token_nobody_reads_figures(client: Client) -> None:
    assert settings.METRICS_TOKEN == ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def figures(client: Client) -> str:
    with override_settings(METRICS_TOKEN=TOKEN):
        return client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()


def test_requests_are_counted_by_route_and_never_by_address(client: Client, db: None) -> None:
    line = 'camaug_requests_total{method="GET",route="procedures/<slug:code>/",status="404"}'
    before = figures(client)
    client.get("/procedures/no-such-thing/")
    after = figures(client)
    assert "no-such-thing" not in after
    assert value(after, line) == value(before, line) + 1


def value(text: str, name: str) -> float:
    return next((float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name + " ")), 0)


def test_events_that_nobody_has_read_yet_show(client: Client, world: World) -> None:
    dispatch.drain()
    assert "camaug_database_up 1.0" in figures(client)
    name = sorted(Subscription.objects.values_list("name", flat=True))[0]
    line = f'camaug_events_behind_seconds{{subscriber="{name}"}}'
    send_birth(world)
    assert value(figures(client), line) > 0

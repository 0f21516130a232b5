"""While PostgreSQL is stopped people read one calm sentence and programs a problem; both are told when to come back."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PATHS = ["/", "/procedures/", "/desk/", "/follow/", "/api/v1/procedures", "/healthz"]
ASK = """
import json, os, sys
from pathlib import Path
from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running
data, paths = Path(sys.argv[1]), json.loads(sys.argv[2])
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
with running(data, settings=WITHOUT_DURABILITY) as address:
    os.environ["DATABASE_URL"] = address
    import django
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    connection.ensure_connection()
    browser = Client(raise_request_exception=False, headers={"accept-language": "vi"})
    known = {"cookie": f"{settings.SESSION_COOKIE_NAME}={'s' * 32}"}
    def asked():
        got = {path: browser.get(path, headers=known) for path in paths}
        return {path: [one.status_code, one.headers.get("Retry-After"), one.content.decode()] for path, one in got.items()}
    before = asked()
away = asked()
with running(data, settings=WITHOUT_DURABILITY) as address:
    connection.settings_dict["HOST"] = address.rpartition("host=")[2]  # the folder of its socket is a new one
    connection.close()  # as the web server does after each request; a test client leaves it open
    print(json.dumps([before, away, asked()]))
"""

type Answers = dict[str, tuple[int, str | None, str]]


@pytest.fixture(scope="module")
def answers() -> Iterator[list[Answers]]:
    """What is answered before, while and after the server is stopped, by one process."""
    with tempfile.TemporaryDirectory(prefix="camaug-away-") as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-c", ASK, f"{folder}/data", json.dumps(PATHS)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found: Any = json.loads(done.stdout)
        yield found


@pytest.mark.parametrize("path", ["/", "/procedures/", "/follow/", "/desk/"])
def test_a_page_says_in_one_sentence_to_come_back(answers: list[Answers], path: str) -> None:
    status, retry, page = answers[1][path]
    assert (status, retry) == (503, "30")
    assert "Hiện hệ thống chưa truy cập được dữ liệu" in page
    assert page.count("<h1>") == 1


def test_a_program_reads_a_problem(answers: list[Answers]) -> None:
    status, retry, body = answers[1]["/api/v1/procedures"]
    assert (status, retry) == (503, "30")
    assert json.loads(body)["status"] == 503


def test_the_process_itself_is_alive(answers: list[Answers]) -> None:
    assert answers[1]["/healthz"][0] == 200


def test_when_it_is_back_everything_answers_as_before(answers: list[Answers]) -> None:
    before, _, after = ({path: one[0] for path, one in asked.items()} for asked in answers)
    assert after == before
    assert 503 not in before.values()

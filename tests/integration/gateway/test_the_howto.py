"""The examples of docs/howto/use-the-api.md, run as they stand, over a real socket."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from camaug.kernel.clock import now
from tests.callers import program_of
from tests.world import build

HOWTO = (Path(settings.BASE_DIR) / "docs" / "howto" / "use-the-api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(.+?)```", HOWTO, re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_every_example_works(live_server: LiveServer) -> None:
    secret = program_of(build().citizen("mother", at=now())).secret
    environment = {**os.environ, "SITE": live_server.url, "TOKEN": secret}
    told: list[Any] = []
    for example in EXAMPLES:
        done = subprocess.run(["sh", "-c", example], env=environment, capture_output=True, text=True, check=True)
        told.append(json.loads(done.stdout))
    found, form, me, begun, listed, refused = told
    assert "dang-ky-khai-sinh" in {line["code"] for line in found["items"]}
    assert "child_name" in form["properties"]
    assert me["kind"] == "PUBLIC"
    assert begun["left"]["answers"]
    assert [line["id"] for line in listed["items"]] == [begun["id"]]
    assert refused["title"] == "Not found."

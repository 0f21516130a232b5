"""The API's own description."""

import json
from pathlib import Path

import schemathesis
from django.conf import settings
from django.test import Client

from camaug.gateway.web.description import described
from tests.world import World

KEPT = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.json"


def test_it_is_openapi_3_1() -> None:
    told = described()
    assert told["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(told).validate()


def test_what_is_kept_in_the_repository_is_what_is_told() -> None:
    """After a change: camaug api > docs/api/openapi.json"""
    assert json.loads(KEPT.read_text(encoding="utf-8")) == described()


def test_everybody_may_read_it() -> None:
    assert Client().get("/api/v1/openapi.json").json() == described()


def test_each_operation_says_its_audience_its_refusals_and_for_writes_its_key() -> None:
    for methods in described()["paths"].values():
        for method, told in methods.items():
            assert told["x-door"] in ("PUBLIC", "MEMBERS", "STAFF")
            assert {"401", "404", "429"} <= told["responses"].keys()
            keys = [one for one in told["parameters"] if one["name"] == "Idempotency-Key"]
            assert len(keys) == (method != "get")


def test_the_page_tells_every_operation_and_refusal(world: World) -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    for methods in described()["paths"].values():
        for told in methods.values():
            assert f'id="{told["operationId"]}"' in page
    assert 'id="case-moved-on"' in page
    assert "Thủ tục đang có hiệu lực" in page

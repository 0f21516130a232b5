"""Every operation called with what its OpenAPI allows and with what it forbids: no fault of ours, no breach of the schema.

Half of the calls are about real things of the caller's, half about what chance names.
"""

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from camaug.kernel.clock import now
from tests.applications import carry, photo, send_birth
from tests.callers import Program, program_of
from tests.integration.gateway.bodies import BODIES
from tests.world import World

load_all_checks()
FEW, MANY = 8, 120
"""Calls of an operation: the same ones each time, and in the long run others each time."""
WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "missing_required_header",
    "ignored_auth",
)
turns = count()
checks = [CHECKS.get_one(name) for name in WANTED]
site = get_wsgi_application()


def within_the_test(environ: Any, start_response: Any) -> Any:
    """The site, which does not close the connection in whose transaction the test stands; Django's own client does so."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)  # what calls here asks for gzip, and cannot read it
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        return site(environ, start_response)
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", within_the_test)


@dataclass(frozen=True)
class Seeded:
    """Real things, and who calls by the operation's door."""

    programs: dict[str, Program]
    values: dict[str, str]


@pytest.fixture(scope="module")
def seeded(province: World, django_db_blocker: DjangoDbBlocker) -> Seeded:
    with django_db_blocker.unblock():
        return seeds(province)


def seeds(world: World) -> Seeded:
    at = now()
    mother, clerk = program_of(world.citizen("mother", at=at)), program_of(world.officer("clerk", at=at))
    case = carry(world, send_birth(world, at=at), to="RETURN", at=at)
    draft = mother.post("/own-cases", BODIES["start_own_case"]).json()["id"]
    file = mother.post(f"/own-cases/{draft}/files?paper=giay-chung-sinh&name=a.jpg", photo()).json()["id"]
    upload = mother.post("/uploads", BODIES["begin_upload"]).json()["id"]
    values = {"code": case.code or "", "case": draft, "file": file, "upload": upload}
    return Seeded({"MEMBERS": mother, "STAFF": clerk, "PUBLIC": Program()}, values)


ONE = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@schema.parametrize()
@settings(ONE, max_examples=FEW, derandomize=True)
def test_an_operation_keeps_its_word(case: Any, seeded: Seeded, world: World) -> None:
    keeps_its_word(case, seeded)


@pytest.mark.soak
@schema.parametrize()
@settings(ONE, max_examples=MANY)
def test_an_operation_keeps_its_word_again_and_again(case: Any, seeded: Seeded, world: World) -> None:
    keeps_its_word(case, seeded)


def keeps_its_word(case: Any, seeded: Seeded) -> None:
    door = case.operation.definition.raw["x-door"]
    if case.meta.generation.mode == GenerationMode.POSITIVE and door != "PUBLIC" and next(turns) % 2:
        named = case.path_parameters or {}
        named.update({name: value for name, value in seeded.values.items() if name in named})
    secret = seeded.programs[door].secret
    with transaction.atomic():
        case.call_and_validate(checks=checks, headers={"Authorization": f"Bearer {secret}"} if secret else {})
        transaction.set_rollback(True)

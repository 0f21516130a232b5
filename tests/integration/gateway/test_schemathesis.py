"""Every operation called with what its OpenAPI allows and with what it forbids: no fault of ours, no breach of the schema.

Calls are about real things, which stand where the operation is open, by somebody who may. Of those that the OpenAPI
allows every other one says what is right and leaves to chance only what may be left out: each operation is answered.
"""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.parameters import ParameterLocation

from camaug.runtime.web.doorway import Doorway
from tests.doorways import left_open
from tests.integration.gateway.ready import Ready, ready
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
checks = [CHECKS.get_one(name) for name in WANTED]
site = Doorway(get_wsgi_application())


def within_the_test(environ: Any, start_response: Any) -> Any:
    """The site, which does not close the connection in whose transaction the test stands; Django's own client does so."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)  # what calls here asks for gzip, and cannot read it
    with left_open():
        return site(environ, start_response)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", within_the_test)
# Every call here brings its caller's token, so a header left out would be no fault of the call; `ignored_auth` asks alone.
schema.config.generation.update(with_security_parameters=False)

ONE = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


class Calls:
    """What is called in one test, and how it was answered."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._right: dict[str, Ready] = {}
        self.answers: dict[str, list[int]] = {}

    def right(self, operation: str) -> Ready:
        """A right call of the operation; what it is about is made once, and stands there again after each call."""
        if operation not in self._right:
            self._right[operation] = ready(self._world, operation)
        return self._right[operation]

    def make(self, case: Any) -> None:
        """Call, look at the answer by all checks, and undo what it did."""
        name = operation_of(case)
        secret = self.right(name).program.secret
        with transaction.atomic():
            told = case.call_and_validate(
                checks=checks, headers={"Authorization": f"Bearer {secret}"} if secret else {}
            )
            transaction.set_rollback(True)
        self.answers.setdefault(name, []).append(told.status_code)


@pytest.fixture
def calls(world: World) -> Iterator[Calls]:
    """At the end some call of each operation was answered with what it is for."""
    made = Calls(world)
    yield made
    for name, statuses in made.answers.items():
        assert any(200 <= status < 300 for status in statuses), f"{name}: only {sorted(set(statuses))}"


@schema.parametrize()
@settings(ONE, max_examples=FEW, derandomize=True)
def test_an_operation_keeps_its_word(case: Any, calls: Calls) -> None:
    keeps_its_word(case, calls)


@pytest.mark.soak
@schema.parametrize()
@settings(ONE, max_examples=MANY)
def test_an_operation_keeps_its_word_again_and_again(case: Any, calls: Calls) -> None:
    keeps_its_word(case, calls)


def keeps_its_word(case: Any, calls: Calls) -> None:
    right = calls.right(operation_of(case))
    if is_allowed(case, ParameterLocation.PATH):
        named = case.path_parameters or {}
        named.update({name: value for name, value in right.place.items() if name in named})
    if case.meta.generation.mode == GenerationMode.POSITIVE and takes_turns(case):
        say(case, right)
    calls.make(case)


def is_allowed(case: Any, location: ParameterLocation) -> bool:
    """Whether that part of the call is as the OpenAPI allows."""
    part = case.meta.components.get(location)
    return part is None or part.mode == GenerationMode.POSITIVE


def takes_turns(case: Any) -> bool:
    """The same for the same call, so that a failure is found again."""
    return crc32(repr((case.query, case.body, case.headers)).encode()) % 2 == 0


def say(case: Any, right: Ready) -> None:
    """What is right, in place of what chance said of it."""
    case.query.update(right.query)
    case.headers.update(right.headers)
    if isinstance(right.body, dict) and isinstance(case.body, dict):
        case.body = {**case.body, **right.body}
    elif right.body is not None:
        case.body = right.body


def operation_of(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


@pytest.mark.parametrize("operation", [found.ok() for found in schema.get_all_operations()], ids=lambda one: one.label)
def test_an_operation_is_answered_when_everything_is_right(operation: Any, calls: Calls) -> None:
    right = calls.right(operation.definition.raw["operationId"])
    place = {one.name: right.place[one.name] for one in operation.path_parameters}
    words: dict[str, Any] = {} if right.body is None else {"body": right.body, "media_type": media_type(operation)}
    headers = {"Idempotency-Key": "once", **right.headers} if operation.method != "get" else right.headers
    calls.make(operation.Case(path_parameters=place, query=dict(right.query), headers=headers, **words))


def media_type(operation: Any) -> str:
    return str(next(iter(operation.definition.raw["requestBody"]["content"])))

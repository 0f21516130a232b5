"""What a case register does all day, over the REST API with the full rights check: register, move, read, list a hundred
with filters; against bare SQL as JSON by the same HTTP server.
"""

import json
from collections.abc import Iterable
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

from camaug.kernel.clock import LOCAL
from camaug.runtime.bench import clients, dataset, desk, site
from camaug.runtime.bench.day import hash_cpu, kept_password
from camaug.runtime.bench.figures import median, milliseconds
from camaug.runtime.bench.measured import Measured, measured

SIZES = (100_000, 1_000_000)
KINDS = {"register": 60, "move": 60, "read": 400, "list": 200}
"""How many requests of each kind a run asks; those that write are fewer, since each needs a case of its own."""
NAMES = {"move": "status"}
MANY, WARM = 8, 240
"""`WARM`: until each connection, of which there are eight, has its statements planned for good."""
BARE = "camaug.runtime.bench.bare:application"
_CALLS = 10_000_000
_PROCEDURE = "chung-thuc-ban-sao"

type Requests = dict[str, list[clients.Request]]


def run(size: int) -> dict[str, Any]:
    """`ratio` is the worst of the four medians to that of bare SQL; the medians of one client are keys of their own.

    `hash_cpu_ms` says what day it was: a password's hash alone.
    """
    found: dict[str, Any] = {"cases": size}
    worst = 0.0
    with dataset.dataset(size, copy=True) as address, desk.at(address):
        ours, bare = _requests()
        found["hash_cpu_ms"] = milliseconds(hash_cpu(kept_password(), often=10))
        with site.started(address) as here:
            ones, many = (_measured(here, address, ours, number=number) for number in (1, MANY))
        with site.started(address, application=BARE) as here:
            floor = _measured(here, address, bare, number=1)
    for kind in KINDS:
        name, mine, its = NAMES.get(kind, kind), median(ones[kind].run.times), median(floor[kind].run.times)
        worst = max(worst, mine / its)
        found[f"{name}_ms"] = milliseconds(mine)
        found[f"{name}_bare_ms"] = milliseconds(its)
        found[f"{name}_at_1_client"] = ones[kind].figures()
        found[f"{name}_at_{MANY}_clients"] = many[kind].figures()
    wrong = sum(one.run.wrong([200, 201]) for one in (*ones.values(), *many.values(), *floor.values()))
    return {"ratio": round(worst, 4), **found, "errors": wrong}


def _measured(here: site.Site, address: str, requests: Requests, *, number: int) -> dict[str, Measured]:
    """Each kind by itself, after a few that are not counted and reach all processes; what was asked is used up."""
    done = {}
    for kind, asked in KINDS.items():
        clients.run(here.port, _taken(requests[kind], WARM), clients=MANY)
        done[kind] = measured(here, address, _taken(requests[kind], asked), number=number)
    return done


def _taken(requests: list[clients.Request], number: int) -> list[clients.Request]:
    return [requests.pop() for _ in range(number)]


def _requests() -> tuple[Requests, Requests]:
    """What is asked of the API as the cast's clerk, and the same of the bare server."""
    from django.conf import settings

    from camaug.access.actions.issue_token import issue_token
    from camaug.access.models import Account, ApiToken
    from camaug.access.queries import actor_of
    from camaug.cases.models import Case
    from camaug.kernel import clock
    from camaug.kernel.rest import Scope
    from camaug.people.loading import cast
    from camaug.people.queries import directory

    at = clock.now()
    clerk = actor_of(Account.objects.get(email=cast(settings.PROFILE).officers["clerk"].email), at=at, origin="bench")
    secret = issue_token("bench", scopes=Scope, days=1, level="LoA2", by=clerk, at=at).secret
    ApiToken.objects.update(per_minute=_CALLS)
    token = ("Authorization", f"Bearer {secret}")
    seen = Case.objects.visible_to(clerk).submitted().order_by("-submitted_at")
    codes = [str(code) for code in seen.values_list("code", flat=True)[:200]]
    waiting = Case.objects.held_by(clerk).filter(state="SUBMITTED", channel="ONLINE").order_by("-submitted_at")[0]
    unit = clerk.post.unit_id if clerk.post else None
    intake = _intake(directory(at.astimezone(LOCAL).date()).get(unit).code if unit else "")
    ours: Requests = {
        "register": [_write("/cases", token, intake) for _ in range(_asked("register"))],
        "move": [_write(f"/cases/{code}/moves/receive", token) for code in _copies(waiting, _asked("move"))],
        "read": [clients.Request(f"/api/v1/cases/{code}", headers=(token,)) for code in _round(codes, "read")],
        "list": [
            clients.Request("/api/v1/cases?tab=receive&channel=ONLINE&limit=100", headers=(token,))
            for _ in range(_asked("list"))
        ],
    }
    return ours, {kind: [clients.Request(f"/{kind}/{code}") for code in _round(codes, kind)] for kind in KINDS}


def _asked(kind: str) -> int:
    return 2 * (KINDS[kind] + WARM)


def _round(codes: list[str], kind: str) -> Iterable[str]:
    return islice(cycle(codes), _asked(kind))


def _write(path: str, token: tuple[str, str], body: object = None) -> clients.Request:
    headers = (token, ("Idempotency-Key", str(uuid4())), ("Content-Type", "application/json"))
    return clients.Request(f"/api/v1{path}", body=b"" if body is None else json.dumps(body).encode(), headers=headers)


def _intake(agency: str) -> dict[str, object]:
    """A certified copy, taken in at the counter."""
    answers = {
        "requester_name": "Đặng Ngọc Ánh",
        "document_name": "Bằng tốt nghiệp đại học",
        "issuer": "VIETNAMESE",
        "original_pages": 3,
        "copies": 4,
    }
    applicant = {"name": "Đặng Ngọc Ánh", "number": "096300000321", "payment_way": "CASH"}
    return {"procedure": _PROCEDURE, "receiving_agency": agency, "answers": answers, **applicant}


def _copies(case: Any, number: int) -> list[str]:
    """So many cases that wait for reception, each a copy of one."""
    from camaug.cases.models import Case, Delivery
    from camaug.kernel.ids import uuid7

    made = []
    for index in range(number):
        copy = Case(**{field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields})
        copy.pk, copy.code, copy.request_key = uuid7(), f"{case.code}-{index}", None
        made.append(copy)
    Case.objects.bulk_create(made)
    Delivery.objects.bulk_create([Delivery(case=copy) for copy in made])
    return [str(copy.code) for copy in made]

"""Pages of the officer's desk at ten thousand cases and at many more: the ratio of their 95th percentiles."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlsplit

from camaug.runtime.bench import clients, dataset, people, site
from camaug.runtime.bench.figures import median, milliseconds, percentile

SMALL, LARGE = 10_000, 2_000_000
RUNS, REQUESTS, CLIENTS, WARM = 3, 2_000, 4, 100
OFFICERS = {"clerk": "receive", "specialist": "todo", "other_clerk": "receive"}
"""By their keys in the cast, those whose desks are full, with the tab in which their work lies."""


@dataclass(frozen=True, slots=True)
class Officer:
    """One who asks: the cookies of the session, and who it is to the rules."""

    key: str
    tab: str
    cookies: str
    actor: Any


type Asking = Callable[[Sequence[Officer]], Sequence[clients.Request]]
type Right = Callable[[clients.Answer], bool]


def compared(large: int, asking: Asking, right: Right) -> dict[str, Any]:
    """The same asked at both sizes by turns, `REQUESTS` times a run; `right` looks at each answer."""
    rights: dict[int, list[float]] = {SMALL: [], large: []}
    middles: dict[int, list[float]] = {SMALL: [], large: []}
    wrong = 0
    with dataset.dataset(SMALL, copy=False) as small, dataset.dataset(large, copy=False) as big:
        requests = {}
        for size, address in ((SMALL, small), (large, big)):
            with at(address):
                requests[size] = list(islice(cycle(asking(_officers())), REQUESTS))
        for _ in range(RUNS):
            for size, address in ((SMALL, small), (large, big)):
                with site.serving(address) as port:
                    clients.run(port, requests[size][:WARM], clients=CLIENTS)
                    done = clients.run(port, requests[size], clients=CLIENTS)
                rights[size].append(percentile(done.times, 0.95))
                middles[size].append(percentile(done.times, 0.5))
                wrong += sum(not (one.status == 200 and right(one)) for one in done.answers)
    return {
        "ratio": round(median(rights[large]) / median(rights[SMALL]), 4),
        "p95_ms": {size: milliseconds(median(found)) for size, found in rights.items()},
        "p50_ms": {size: milliseconds(median(found)) for size, found in middles.items()},
        "runs_p95_ms": {size: [milliseconds(one) for one in found] for size, found in rights.items()},
        "requests": REQUESTS,
        "runs": RUNS,
        "clients": CLIENTS,
        "errors": wrong,
    }


@contextmanager
def at(address: str) -> Iterator[None]:
    """This process's own connection leads to that database."""
    from django.db import connection

    before, name = connection.settings_dict["NAME"], urlsplit(address).path.lstrip("/")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _officers() -> list[Officer]:
    from django.conf import settings

    from camaug.access.models import Account
    from camaug.access.queries import actor_of
    from camaug.kernel import clock
    from camaug.people.loading import cast

    emails = {key: one.email for key, one in cast(settings.PROFILE).officers.items()}
    found = []
    for key, tab in OFFICERS.items():
        account = Account.objects.get(email=emails[key])
        actor = actor_of(account, at=clock.now(), origin="bench")
        found.append(Officer(key, tab, people.signed_in(account), actor))
    return found

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from camaug.cases.queries.exchange import changed_since, last_event
from camaug.gateway.events import CasesReplayed
from camaug.gateway.models import Shipment
from camaug.gateway.national.shape import CASE
from camaug.gateway.national.told import TOLD
from camaug.gateway.policy import RESEND
from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7

_BATCH = 1000
_WHOLE = sorted(name for name, services in TOLD.items() if CASE in services)


@transaction.atomic
def replay(since: datetime, *, by: Actor, at: datetime) -> int:
    """Have every case told again, as it stands, that something happened to since then; returns how many cases.

    For a portal that was set up late, or that lost what it was told. Doing it twice tells twice, which changes nothing.
    """
    RESEND.check(by, None)
    cases, number = iter(changed_since(since, _WHOLE)), 0
    while batch := list(islice(cases, _BATCH)):
        _again(batch, at)
        number += len(batch)
    record(CasesReplayed(subject=uuid7(), since=since.isoformat(), cases=number), by=by, at=at)
    return number


@transaction.atomic
def replay_case(code: str, *, by: Actor, at: datetime) -> None:
    """The same for one case; NotFound for an unknown code."""
    RESEND.check(by, None)
    _again([last_event(code, _WHOLE)], at)
    record(CasesReplayed(subject=uuid7(), since=at.isoformat(), cases=1), by=by, at=at)


def _again(cases: Iterable[tuple[UUID, UUID]], at: datetime) -> None:
    made = [
        Shipment(service=CASE, case_id=case, event_id=event, arisen_at=at, next_attempt_at=at) for case, event in cases
    ]
    Shipment.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["event_id", "service"],
        update_fields=["state", "attempts", "next_attempt_at", "problem"],
    )

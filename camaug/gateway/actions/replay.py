from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from camaug.cases.queries.exchange import changed_since, last_event
from camaug.gateway.events import CasesReplayed, ReplayBegun
from camaug.gateway.models import Replay, Shipment
from camaug.gateway.national.shape import CASE
from camaug.gateway.national.told import TOLD
from camaug.gateway.policy import RESEND
from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7

BATCH = 1000
JOB = "gateway.replay"
_WHOLE = sorted(name for name, services in TOLD.items() if CASE in services)


@transaction.atomic
def begin_replay(since: datetime, *, by: Actor, at: datetime) -> Replay:
    """Have every case told again, as it stands, that something happened to since then; the worker does it in batches.

    For a portal that was set up late, or that lost what it was told. Doing it twice tells twice, which changes nothing.
    """
    RESEND.check(by, None)
    replay = Replay.objects.create(since=since, begun_at=at)
    record(ReplayBegun(subject=replay.id, since=since.isoformat()), by=by, at=at)
    app.configure_task(JOB).defer(replay=str(replay.id))
    return replay


@transaction.atomic
def go_on(replay_id: UUID, *, by: Actor, at: datetime, batch: int = BATCH) -> bool:
    """Take the next cases behind those that are done; False where none is left, or another process is at it.

    The cases and how far it has come are written together: killed anywhere, the next process goes on there.
    """
    unfinished = Replay.objects.filter(pk=replay_id, finished_at__isnull=True)
    replay = unfinished.select_for_update(skip_locked=True).first()
    if replay is None:
        return False
    cases = list(changed_since(replay.since, _WHOLE, behind=replay.place)[:batch])
    if cases:
        _again(cases, at)
        replay.place, replay.cases = cases[-1][0], replay.cases + len(cases)
    else:
        replay.finished_at = at
        told = CasesReplayed(subject=replay.id, since=replay.since.isoformat(), cases=replay.cases)
        record(told, by=by, at=at)
    replay.save()
    return bool(cases)


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

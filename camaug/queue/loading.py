"""Brings the profile's `queue.yaml` into the database; loading it again changes no hall that is there."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from camaug.kernel.clock import LOCAL
from camaug.people.queries import directory
from camaug.queue.models import Counter, Hall, PriorityGroup, ServiceGroup
from camaug.queue.profile import Halls, QueueProfile, read_profile


@transaction.atomic
def load_profile(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Make the priority groups what the profile says, and a hall for each agency of its kinds that has none yet.

    `progress` is called with (tables done, tables in all).
    """
    wanted = read_profile(profile)
    _load_priorities(wanted)
    progress(1, 2)
    there, known = set(Hall.objects.values_list("pk", flat=True)), directory(at.astimezone(LOCAL).date())
    for kind in wanted.halls:
        _make(kind, [a.id for a in known if (a.kind, a.level) == (kind.kind, kind.level)], there)
    progress(2, 2)


def _load_priorities(wanted: QueueProfile) -> None:
    for row in wanted.priorities:
        values = row.model_dump() | {"source": wanted.sources[row.source]}
        PriorityGroup.objects.update_or_create(code=values.pop("code"), defaults=values)


def _make(kind: Halls, agencies: list[UUID], there: set[UUID]) -> None:
    halls = [Hall(pk=agency_id) for agency_id in agencies if agency_id not in there]
    Hall.objects.bulk_create(halls)
    groups = [
        ServiceGroup(hall=hall, **group.model_dump(exclude={"fields"}), fields=list(group.fields))
        for hall in halls
        for group in kind.groups
    ]
    ServiceGroup.objects.bulk_create(groups)
    counters = [
        Counter(hall=hall, number=number, letters=letters)
        for hall in halls
        for number, letters in enumerate(kind.counters, start=1)
    ]
    Counter.objects.bulk_create(counters)

"""The figures of an installation for Prometheus: of all web processes together, and of what waits in the database."""

import os
from collections.abc import Iterator

from django.db import DatabaseError, connection
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from camaug.audit.queries import tail
from camaug.kernel.clock import now

_WAITING = """
SELECT s.name, coalesce(extract(epoch FROM now() - (
    SELECT e.at FROM kernel_eventrecord e
    WHERE (e.transaction, e.id) > (s.transaction, s.event_id) ORDER BY e.transaction, e.id LIMIT 1)), 0)
FROM kernel_subscription s ORDER BY s.name
"""
_JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status ORDER BY status"
_TROUBLES = """
SELECT job, CASE WHEN next_at IS NULL THEN 'resting' ELSE 'waiting' END, count(*)
FROM kernel_trouble GROUP BY 1, 2 ORDER BY 1, 2
"""
_WORKER = "SELECT coalesce(extract(epoch FROM now() - max(last_heartbeat)), -1) FROM procrastinate_workers"


class WaitingWork(Collector):
    """Events that a subscriber has not had yet, jobs, and the worker's last sign of life."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read when asked; a database that is down shows as `camaug_database_up 0` and nothing else."""
        up = GaugeMetricFamily("camaug_database_up", "Whether the database answers.")
        try:
            found = list(_families())
        except DatabaseError:
            found = []
        up.add_metric([], 1.0 if found else 0.0)
        yield up
        yield from found


def _families() -> Iterator[GaugeMetricFamily]:
    behind = GaugeMetricFamily("camaug_events_behind_seconds", "Age of the oldest unread event.", labels=["subscriber"])
    jobs = GaugeMetricFamily("camaug_jobs", "Jobs that are kept, by status.", labels=["status"])
    troubles = GaugeMetricFamily(
        "camaug_jobs_failing", "Work that fails, and is tried again later or rests.", labels=["job", "state"]
    )
    worker = GaugeMetricFamily("camaug_worker_silent_seconds", "Since the worker's last sign of life; -1: never.")
    with connection.cursor() as cursor:
        for family, question in ((behind, _WAITING), (jobs, _JOBS), (troubles, _TROUBLES), (worker, _WORKER)):
            cursor.execute(question)
            for row in cursor.fetchall():
                family.add_metric([str(label) for label in row[:-1]], float(row[-1]))
            yield family
    unsealed = GaugeMetricFamily("camaug_history_unsealed_seconds", "Age of the oldest event without a seal.")
    unsealed.add_metric([], float(tail(at=now()).seconds))
    yield unsealed


def exposition() -> tuple[bytes, str]:
    """The page's bytes and their content type."""
    registry = CollectorRegistry()
    registry.register(WaitingWork())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), CONTENT_TYPE_LATEST
    return generate_latest(registry) + generate_latest(REGISTRY), CONTENT_TYPE_LATEST

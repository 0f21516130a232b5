"""Jobs whose worker was killed: they would keep their lock for ever, and no job of their kind would run again."""

import asyncio

from procrastinate import App
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

HEARTBEAT = 5.0  # seconds between a worker's signs of life
SILENCE = 20.0  # seconds without one, after which its jobs are lost
_LOOK = 5.0


async def take_up(jobs: App) -> None:
    """For ever: have lost jobs done again; one whose next turn is waiting already is given up instead."""
    while True:
        try:
            for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
                try:
                    await jobs.job_manager.retry_job(job)
                except UniqueViolation:
                    await jobs.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        except ConnectorException:
            pass  # the database is away; the worker itself notices
        await asyncio.sleep(_LOOK)

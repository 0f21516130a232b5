"""What the worker does with tables that administrators have sent."""

from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.patience import patiently
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.tell_progress import telling
from camaug.people.queries.imports import imports_to_do


@app.task(name="people.carry_import")
def carry(run_id: str) -> None:
    """Check or import one table, and let the page see how far it is."""
    with telling(UUID(run_id)) as progress:
        carry_import(UUID(run_id), progress=progress, at=clock.now())


@app.periodic(cron="* * * * *", queueing_lock="people.resume_imports")
@app.task(name="people.resume_imports", queueing_lock="people.resume_imports", pass_context=False)
def resume(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every minute: take up what a worker that died has left."""
    for run_id in map(str, imports_to_do()):
        patiently("people.carry_import", partial(carry, run_id), about=run_id)

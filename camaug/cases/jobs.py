"""What the worker does with cases."""

from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from camaug.cases.actions.erase_old import erase_old
from camaug.cases.actions.note_silence import note_silence
from camaug.cases.actions.quarantine import quarantine
from camaug.cases.actions.recount_deadlines import recount_deadlines
from camaug.cases.actions.release_unattended import BATCH, release_unattended
from camaug.cases.actions.start_batch import JOB
from camaug.cases.actions.watch import watch
from camaug.cases.actions.work_batch import finish_batch, work_item
from camaug.cases.queries.batches import unfinished_batches
from camaug.cases.queries.files import infected
from camaug.cases.queries.silence import timers_due
from camaug.cases.retention.terms import Kind
from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.kernel.files.scanning import scan_pending
from camaug.kernel.patience import patiently

_SCANS = 20  # a job ends after that many, so that others get their turn


@app.task(name=JOB)
def work_batch(batch: str) -> None:
    """Work a batch off, one case a transaction."""
    _work(UUID(batch))


@app.periodic(cron="* * * * * */20", queueing_lock="cases.resume_batches")
@app.task(name="cases.resume_batches", queueing_lock="cases.resume_batches")
def resume_batches(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Go on with batches whose worker was lost."""
    for batch in unfinished_batches(at=clock.now()):
        patiently(JOB, partial(_work, batch), about=str(batch))


@app.periodic(cron="* * * * * */10", queueing_lock="cases.recount_deadlines")
@app.task(name="cases.recount_deadlines", queueing_lock="cases.recount_deadlines", lock="cases.recount_deadlines")
def count_deadlines_anew(timestamp: int) -> None:  # noqa: ARG001 (procrastinate says when it was meant to run)
    """Every ten seconds: what the calendar's changes do to open deadlines."""
    while recount_deadlines(by=SYSTEM, at=clock.now()):
        pass


@app.periodic(cron="*/5 * * * *", queueing_lock="cases.watch")
@app.task(name="cases.watch", queueing_lock="cases.watch", lock="cases.watch")
def keep_watch(timestamp: int) -> None:  # noqa: ARG001
    """Every five minutes: reminders of what is due soon or late; outside working hours nobody is reminded."""
    watch(by=SYSTEM, at=clock.now())


@app.periodic(cron="* * * * *", queueing_lock="cases.note_silence")
@app.task(name="cases.note_silence", queueing_lock="cases.note_silence", lock="cases.note_silence")
def hear_silence(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what follows where nobody answered in time, one transaction a timer."""
    at = clock.now()
    while due := timers_due(at=at):
        for timer in due:
            note_silence(timer, by=SYSTEM, at=at)


@app.periodic(cron="20 2 * * *", queueing_lock="cases.erase_old")
@app.task(name="cases.erase_old", queueing_lock="cases.erase_old", lock="cases.erase_old")
def erase_what_is_old(timestamp: int) -> None:  # noqa: ARG001
    """Every night: what has outlived its term, batch by batch until nothing is left."""
    at = clock.now()
    for kind in Kind:
        while erase_old(kind, by=SYSTEM, at=at):
            pass


@app.periodic(cron="* * * * * */10", queueing_lock="cases.scan_files")
@app.task(name="cases.scan_files", queueing_lock="cases.scan_files", lock="cases.scan_files")
def scan_files(timestamp: int) -> None:  # noqa: ARG001
    """Every ten seconds: have what was sent scanned, lock what is infected."""
    for _batch in range(_SCANS):
        scanned = scan_pending()
        for file in infected():
            quarantine(file, by=SYSTEM, at=clock.now())
        if not scanned:
            return


@app.periodic(cron="* * * * *", queueing_lock="cases.release_unattended")
@app.task(name="cases.release_unattended", queueing_lock="cases.release_unattended")
def release(timestamp: int) -> None:  # noqa: ARG001
    """Every minute: no case waits for somebody who is not there."""
    while release_unattended(by=SYSTEM, at=clock.now()) == BATCH:
        pass


def _work(batch: UUID) -> None:
    while work_item(batch, by=SYSTEM, at=clock.now()):
        pass
    finish_batch(batch, by=SYSTEM, at=clock.now())

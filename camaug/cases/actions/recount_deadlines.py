from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from camaug.cases.clock import latest_for_step, recount
from camaug.cases.lateness.events import CaseDeadlineMoved, StepDeadlineMoved
from camaug.cases.lifecycle import IDLE
from camaug.cases.models import Case, Recount
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record

BATCH = 200
SETTLING = timedelta(seconds=5)
"""Moves that read the calendar before it changed have been committed by then."""


@transaction.atomic
def recount_deadlines(*, by: Actor, at: datetime, size: int = BATCH) -> bool:
    """Count a batch of open deadlines anew after a change of the calendar; says whether there may be more to do.

    One transaction a batch, with its place in it: killed anywhere, it goes on where it was. A second one that runs at
    the same time takes another change or nothing.
    """
    change = Recount.objects.filter(done_at=None, asked_at__lte=at - SETTLING).order_by("asked_at", "change_id")
    asked = change.select_for_update(skip_locked=True).first()
    if asked is None:
        return False
    batch = list(_touched(asked).select_for_update(of=("self",)).order_by("id")[:size])
    asked.moved += sum(_recount(case, asked, by=by, at=at) for case in batch)
    asked.place = batch[-1].id if batch else asked.place
    asked.done_at = at if len(batch) < size else None
    asked.save(update_fields=["moved", "place", "done_at"])
    return True


def _touched(asked: Recount) -> QuerySet[Case]:
    """The open cases that have not been looked at yet and whose clock, or whose step's, runs over the days."""
    cases = Case.objects.open().filter(finished_at=None)
    if asked.place:
        cases = cases.filter(id__gt=asked.place)
    whole, step = Q(due_at__isnull=False), Q(step_due_at__isnull=False)
    if asked.from_date:
        whole &= Q(due_at__gte=_opening(asked.from_date))
        step &= Q(step_due_at__gte=_opening(asked.from_date))
    if asked.until_date:
        after = _opening(asked.until_date + timedelta(days=1))
        whole &= Q(received_at__lt=after)
        step &= Q(step_counted_at__lt=after)
    if asked.unit_id:
        whole &= Q(competent_agency_id=asked.unit_id)
        step &= Q(holder_unit_id=asked.unit_id)
    return cases.filter(whole | step)


def _recount(case: Case, asked: Recount, *, by: Actor, at: datetime) -> bool:
    before, promised, step_before = case.due_at, case.promised_at, case.step_due_at
    made = definition(case.version_id)
    recount(case, made)
    case.urgent_at = case.due_at or case.step_due_at or case.saved_at
    if (case.due_at, case.promised_at, case.step_due_at) == (before, promised, step_before):
        return False
    case.latest_at = latest_for_step(case, made)
    case.look_at = None if case.state in IDLE else at
    case.save(update_fields=["due_at", "promised_at", "step_due_at", "urgent_at", "latest_at", "look_at"])
    code, change, why, change_id = case.code or "", asked.change, asked.occasion, asked.change_id
    if case.due_at != before:
        moved = CaseDeadlineMoved(
            subject=case.id,
            code=code,
            before=before,
            after=case.due_at,
            change=change,
            change_id=change_id,
            occasion=why,
        )
        record(moved, by=by, at=at)
    if case.step_due_at != step_before:
        step_moved = StepDeadlineMoved(
            subject=case.id,
            code=code,
            step=case.step,
            before=step_before,
            after=case.step_due_at,
            change=change,
            change_id=change_id,
            occasion=why,
        )
        record(step_moved, by=by, at=at)
    return case.due_at != before


def _opening(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)

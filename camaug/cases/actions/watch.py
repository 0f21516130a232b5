from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from camaug.cases.actions.remind import Due, remind
from camaug.cases.lateness.addressees import Addressees
from camaug.cases.lateness.findings import Finding, findings, next_look
from camaug.cases.lateness.rules import Rules, rules_on
from camaug.cases.lifecycle import IDLE
from camaug.cases.models import Case, Extension, Reminder
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar
from camaug.worktime.queries import calendars_of

BATCH = 500


def watch(*, by: Actor, at: datetime, size: int = BATCH) -> int:
    """Look at every case whose instant has come and remind whoever was not yet reminded; returns how many reminders
    were raised.

    One transaction a person, and only then the next instants: killed anywhere, the next round raises what is missing
    and nothing twice. Nobody is reminded outside the working hours of the unit that holds the case.
    """
    rules = rules_on(at.astimezone(LOCAL).date())
    whom, found = Addressees(at=at), defaultdict[UUID, list[Due]](list)
    looked: list[_Looked] = []
    for batch in _batches(size, at):
        for account, due in _new(batch, whom, rules, looked, at):
            found[account].append(due)
    raised = sum(remind(account, dues, rules=rules, by=by, at=at) for account, dues in sorted(found.items()))
    _put_off(looked)
    return raised


@dataclass(frozen=True, slots=True)
class _Looked:
    """A case that was looked at: the instant that had come, and the next one."""

    case_id: UUID
    seen: datetime | None
    again: datetime | None


def _batches(size: int, at: datetime) -> Iterator[list[Case]]:
    due = Case.objects.exclude(state__in=list(IDLE)).filter(look_at__lte=at)
    cases = due.defer("answers", "folded", "accented").order_by("look_at", "id")
    batch = list(cases[:size])
    while batch:
        yield batch
        last = batch[-1]
        after = Q(look_at__gt=last.look_at) | Q(look_at=last.look_at, id__gt=last.id)
        batch = list(cases.filter(after)[:size])


def _put_off(looked: list[_Looked]) -> None:
    """What was moved meanwhile keeps the instant that its move gave it."""
    with connection.cursor() as cursor:
        for first in range(0, len(looked), BATCH):
            part = looked[first : first + BATCH]
            cursor.execute(
                """UPDATE cases_case SET look_at = looked.again
                   FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[]) AS looked (id, seen, again)
                   WHERE cases_case.id = looked.id AND look_at = looked.seen""",
                [[one.case_id for one in part], [one.seen for one in part], [one.again for one in part]],
            )


def _new(
    batch: list[Case], whom: Addressees, rules: Rules, looked: list[_Looked], at: datetime
) -> Iterator[tuple[UUID, Due]]:
    """What the accounts have not been reminded of yet; notes when each case is to be looked at again."""
    ids = [case.id for case in batch]
    told = set(Reminder.objects.filter(case_id__in=ids).values_list("case_id", "kind", "level", "due_at", "account_id"))
    apologised = set(Extension.objects.filter(case_id__in=ids).values_list("case_id", flat=True))
    units = {unit for case in batch for unit in (case.holder_unit_id, case.competent_agency_id)}
    calendars = calendars_of(units, at=at)
    for case in batch:
        own = rules.of_process(definition(case.version_id).process)
        told_of = tuple(_of_case(case, calendars, own, apologised=case.id in apologised, at=at))
        again = _again(case, calendars, own, apologised=case.id in apologised, found=told_of, at=at)
        looked.append(_Looked(case.id, case.look_at, again))
        for finding in told_of:
            accounts = whom.of_seats(case, finding.seats) if finding.level else whom.of_turn(case)
            for account in accounts:
                if (case.id, finding.kind, finding.level, finding.due_at, account) not in told:
                    yield account, Due(case, finding)


def _again(
    case: Case,
    calendars: dict[UUID | None, Calendar],
    rules: Rules,
    *,
    apologised: bool,
    found: Sequence[Finding],
    at: datetime,
) -> datetime | None:
    holder, competent = calendars[case.holder_unit_id], calendars[case.competent_agency_id]
    opens = holder.next_working_moment(at)
    if opens != at:
        return opens
    return next_look(case, holder=holder, competent=competent, rules=rules, apologised=apologised, found=found, at=at)


def _of_case(
    case: Case, calendars: dict[UUID | None, Calendar], rules: Rules, *, apologised: bool, at: datetime
) -> Iterator[Finding]:
    holder = calendars[case.holder_unit_id]
    if holder.next_working_moment(at) != at:
        return iter(())
    process = definition(case.version_id).process
    competent = calendars[case.competent_agency_id]
    return findings(case, process, holder=holder, competent=competent, rules=rules, apologised=apologised, at=at)

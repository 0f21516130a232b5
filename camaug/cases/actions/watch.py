from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from camaug.cases.actions.remind import Due, remind
from camaug.cases.lateness.addressees import Addressees
from camaug.cases.lateness.findings import IDLE, Finding, findings
from camaug.cases.lateness.rules import Rules, rules_on
from camaug.cases.models import Case, Extension, Reminder
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar
from camaug.worktime.queries import calendars_of

BATCH = 500


def watch(*, by: Actor, at: datetime, size: int = BATCH) -> int:
    """Look at every open case once and remind whoever was not yet reminded; returns how many reminders were raised.

    One transaction a person: killed anywhere, the next round raises what is missing and nothing twice. Nobody is
    reminded outside the working hours of the unit that holds the case.
    """
    rules = rules_on(at.astimezone(LOCAL).date())
    whom, found = Addressees(at=at), defaultdict[UUID, list[Due]](list)
    for batch in _batches(size):
        for account, due in _new(batch, whom, rules, at):
            found[account].append(due)
    return sum(remind(account, dues, rules=rules, by=by, at=at) for account, dues in sorted(found.items()))


def _batches(size: int) -> Iterator[list[Case]]:
    cases = Case.objects.exclude(state__in=list(IDLE)).defer("answers", "folded", "accented").order_by("id")
    batch = list(cases[:size])
    while batch:
        yield batch
        batch = list(cases.filter(id__gt=batch[-1].id)[:size])


def _new(batch: list[Case], whom: Addressees, rules: Rules, at: datetime) -> Iterator[tuple[UUID, Due]]:
    """What the accounts have not been reminded of yet."""
    ids = [case.id for case in batch]
    told = set(Reminder.objects.filter(case_id__in=ids).values_list("case_id", "kind", "level", "due_at", "account_id"))
    apologised = set(Extension.objects.filter(case_id__in=ids).values_list("case_id", flat=True))
    units = {unit for case in batch for unit in (case.holder_unit_id, case.competent_agency_id)}
    calendars = calendars_of(units, at=at)
    for case in batch:
        for finding in _of_case(case, calendars, rules, apologised=case.id in apologised, at=at):
            accounts = whom.of_seats(case, finding.seats) if finding.level else whom.of_turn(case)
            for account in accounts:
                if (case.id, finding.kind, finding.level, finding.due_at, account) not in told:
                    yield account, Due(case, finding)


def _of_case(
    case: Case, calendars: dict[UUID | None, Calendar], rules: Rules, *, apologised: bool, at: datetime
) -> Iterator[Finding]:
    holder = calendars[case.holder_unit_id]
    if holder.next_working_moment(at) != at:
        return iter(())
    process = definition(case.version_id).process
    competent = calendars[case.competent_agency_id]
    return findings(case, process, holder=holder, competent=competent, rules=rules, apologised=apologised, at=at)

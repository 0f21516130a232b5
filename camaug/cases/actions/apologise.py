from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.receive import issue
from camaug.cases.clock import give_new_date
from camaug.cases.events import LatenessApologised
from camaug.cases.models import Case, Extension
from camaug.cases.moves import begin, one_move
from camaug.cases.slips.facts import apology_facts
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.worktime.queries import calendar_of

APOLOGY = 4
LONGEST = timedelta(days=366)


class NothingPromised(DomainError):
    """There is no date in whose place another could be set."""

    sentence = _("No date runs in this case now: nothing was promised, or the clock stands still.")


class AlreadyExtended(DomainError):
    """NĐ 61/2018: a new date is set at most once."""

    sentence = _("The applicant was already given a new date; the law allows this only once.")


class TooLate(DomainError):
    """The apology comes before the old date; what is late stays late, and is finished all the same."""

    sentence = _(
        "The date has passed, so no new one can be set any more. Finish the case: being late blocks nothing, and the "
        "result is handed out all the same."
    )


class NotADayOfWork(DomainError):
    """A result is promised for a day on which the agency works."""

    sentence = _("{day} is a day off. Choose a working day.")


class NotLater(DomainError):
    """The new date takes the place of the old one."""

    sentence = _("The new date must be later than the old one, {day}.")


class TooFar(DomainError):
    """Most likely a mistyped year."""

    sentence = _("The new date is more than a year away. Check the year.")


@one_move
def apologise(case_id: UUID, *, new_date: date, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Ask the applicant to excuse the delay and set a new date in place of the old, once and in time (Form 04).

    `new_date` is a working day of the competent agency, later than the old date; its end is the new due time.
    """
    moving = begin(case_id, "apologise", by=by, at=at, seen=seen)
    case = moving.case
    if Extension.objects.filter(case=case).exists():
        raise AlreadyExtended
    if case.due_at is None:
        raise NothingPromised
    due = _end_of(case, new_date, case.due_at, at)
    note = moving.note(reason)
    before = case.due_at
    slip = issue(moving, APOLOGY, apology_facts(case, reason=reason.strip(), new_due_at=due, by=by, at=at))
    Extension.objects.create(
        case=case, reason=reason.strip(), due_before=before, due_at=due, given_at=at, given_by=by.account_id
    )
    give_new_date(case, moving.definition)
    return moving.finish(
        LatenessApologised(
            subject=case.id,
            code=case.code or "",
            due_before=before.isoformat(),
            due_at=due.isoformat(),
            note=note,
            slip=slip.id,
        )
    )


def _end_of(case: Case, new_date: date, due: datetime, at: datetime) -> datetime:
    if at > due:
        raise TooLate
    if new_date - at.astimezone(LOCAL).date() > LONGEST:
        raise TooFar
    calendar = calendar_of(case.competent_agency_id, at=at)
    if not calendar.is_working_day(new_date):
        raise NotADayOfWork(day=f"{new_date:%d/%m/%Y}")
    end = calendar.closing(new_date)
    if end <= due:
        raise NotLater(day=f"{due.astimezone(LOCAL):%d/%m/%Y}")
    return end

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.apologise import NotADayOfWork, NotLater, TooFar, apologise
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.forms.dates import NoSuchDay, NotADate, parse_day
from camaug.kernel.clock import LOCAL
from camaug.kernel.pages import Request, fresh, staff
from camaug.worktime.queries import calendar_of

DATE = (NotADate, NoSuchDay, NotADayOfWork, NotLater, TooFar)
FIELDS = {ReasonMissing: "reason", **dict.fromkeys(DATE, "new_date")}


@fresh
@staff
def apology(request: Request, code: str) -> HttpResponseBase:
    """Apologise for the delay and set a new date, once and before the old one."""

    def act(page: CasePage, seen: int) -> Case:
        new_date, reason = parse_day(request.POST.get("new_date", "").strip()), request.POST.get("reason", "")
        return apologise(page.case.id, new_date=new_date, reason=reason, by=request.actor, at=request.at, seen=seen)

    def dates(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        day = suggested(page, request.at)
        words = f"{day:%d/%m/%Y}" if day else ""
        return {"old_date": page.case.due_at, "suggested": day, "new_date": typed.get("new_date", words)}

    return answer(request, code, "apologise", act, more=dates, fields=FIELDS)


def suggested(page: CasePage, at: datetime) -> date | None:
    """The working day after the old date, or later where the steps that are left need longer; None without a date."""
    due = page.case.due_at
    if due is None:
        return None
    calendar, path = calendar_of(page.case.competent_agency_id, at=at), page.definition.process.path()
    here = next((place for place, step in enumerate(path) if step.id == page.step.id), 0)
    left = sum(float(step.hours) for step in path[here:] if step.kind != StepKind.RETURN)
    ready = calendar.add_working_time(at, timedelta(hours=left)).date()
    return max(calendar.next_working_day(due.astimezone(LOCAL).date()), ready)

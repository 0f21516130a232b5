"""What a report is asked to show, from its address and back into it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from camaug.cases.queries.reports import Asked, Group, Window, may_read, readable, window_of
from camaug.insight.reports.span import Span, span_from
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.people.queries import AgencyView, directory

MONTH = "month"
GROUPS = (*(str(group) for group in Group), MONTH)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A report: whose (`below`: with all agencies under it), when, by what; narrowed to a field or procedure."""

    agency: AgencyView
    below: bool
    span: Span
    by: str
    at: datetime
    field: str = ""
    procedure: str = ""
    tops: tuple[AgencyView, ...] = ()

    def window(self) -> Window:
        """The instants of it."""
        return window_of(self.span.first, self.span.until, at=self.at)

    @property
    def day(self) -> date:
        """As of which day names are said."""
        return min(self.span.last, self.at.astimezone(LOCAL).date())

    def asked(self) -> Asked:
        """The cases of it; agencies are those that were there on any of its days."""
        units = {self.agency.id}
        if self.below:
            for day in (self.span.first, self.day):
                units |= {one.id for one in directory(day).below(self.agency.id)}
        return Asked(frozenset[UUID](units), self.field, self.procedure)

    def address(self, page: str = "insight:report", *args: str, **changed: str) -> str:
        """The address that shows the same, but for what is changed."""
        query = {
            **self.span.query,
            "agency": self.agency.code,
            "scope": "below" if self.below else "own",
            "by": self.by,
            "field": self.field,
            "procedure": self.procedure,
            **changed,
        }
        return f"{reverse(page, args=args)}?{urlencode({name: value for name, value in query.items() if value})}"

    def within(self, span: Span) -> "Choice":
        """The same for other days."""
        return replace(self, span=span)


def choice_of(request: Request) -> tuple[Choice, dict[str, str]]:
    """The report asked for, and what is wrong with the days typed; an agency that one may not read is not found."""
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in ("period", "from", "to", "by", "agency")}
    today = request.at.astimezone(LOCAL).date()
    span, errors = span_from(asked["period"], asked, today)
    tops = readable(request.actor, at=request.at)
    agency = _agency(asked["agency"], tops, request)
    scope = request.GET.get("scope", "")
    found = Choice(
        agency=agency,
        below=scope != "own",
        span=span,
        by=asked["by"] if asked["by"] in GROUPS else str(Group.FIELD),
        field=request.GET.get("field", "")[:_LONGEST],
        procedure=request.GET.get("procedure", "")[:_LONGEST],
        at=request.at,
        tops=tops,
    )
    return found, errors


def _agency(code: str, tops: tuple[AgencyView, ...], request: Request) -> AgencyView:
    if not tops:
        raise NotFound
    if not code:
        return tops[0]
    agency = directory(request.at.astimezone(LOCAL).date()).by_code(code)
    if not may_read(request.actor, agency.id, at=request.at):
        raise NotFound
    return agency

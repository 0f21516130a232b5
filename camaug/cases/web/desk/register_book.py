"""Form 07 of one agency for a period: on screen, as a file for spreadsheets, as a PDF to print month by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.policy import READ_REGISTER
from camaug.cases.slips.register import register_head, register_page, register_pdf, register_rows, register_sheet
from camaug.cases.web.desk.intake_place import Counter, book_of
from camaug.catalogue.forms.dates import parse_day
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, staff
from camaug.kernel.tables.sending import attached

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both in it, with what was typed and what is wrong with it."""

    first: date
    last: date
    typed: dict[str, str]
    errors: dict[str, str]

    @property
    def until(self) -> date:
        """The day after."""
        return self.last + timedelta(days=1)


@staff(may=READ_REGISTER.code)
def register_book(request: Request) -> HttpResponse:
    """The register on screen, fifty rows a page; this month unless another period is asked for."""
    counter, period = _asked(request, "register")
    query = {**counter.query, "from": period.first.isoformat(), "to": period.last.isoformat()}
    page = register_page(counter.agency.id, period.first, period.until, token=request.GET.get("place", ""))
    shown = {
        "counter": counter,
        "agencies": [{"value": str(one.id), "label": one.name} for one in counter.agencies],
        "period": period,
        "page": page,
        "query": urlencode(query),
        "prints": _prints(counter, period),
        "newer": f"?{urlencode({**query, 'place': page.newer})}" if page.newer else "",
        "older": f"?{urlencode({**query, 'place': page.older})}" if page.older else "",
    }
    return render(request, "cases/desk/register_book/page.html", shown, status=422 if period.errors else 200)


@staff(may=READ_REGISTER.code)
def workbook(request: Request) -> StreamingHttpResponse:
    """The whole period as XLSX, sent while it is read."""
    return _file(request, "xlsx")


@staff(may=READ_REGISTER.code)
def plain(request: Request) -> StreamingHttpResponse:
    """The same as CSV."""
    return _file(request, "csv")


@staff(may=READ_REGISTER.code)
def printed(request: Request) -> HttpResponse:
    """One month as PDF, A4 landscape: of a longer period the first."""
    counter, period = _asked(request, "register.pdf")
    first, until = next(months_of(period))
    head = register_head(counter.agency.id, first, until, at=request.at)
    pdf = register_pdf(head, register_rows(counter.agency.id, first, until))
    return respond_printed(pdf, f"{_name(counter, first, until)}.pdf", inline=True)


def months_of(period: Period) -> Iterator[tuple[date, date]]:
    """The months of the period, the first and the last perhaps in part: first day, day after the last."""
    first = period.first
    while first < period.until:
        until = min((first.replace(day=1) + timedelta(days=32)).replace(day=1), period.until)
        yield first, until
        first = until


def period_of(request: Request) -> Period:
    """The period asked for; this month up to today where nothing, or nothing sensible, is asked."""
    today = request.at.astimezone(LOCAL).date()
    usual = {"from": today.replace(day=1), "to": today}
    typed = {name: request.GET.get(name, "").strip()[:10] or day.isoformat() for name, day in usual.items()}
    days, errors = dict(usual), {}
    for name, text in typed.items():
        try:
            days[name] = parse_day(text)
        except DomainError as refusal:
            errors[name] = str(refusal)
    if days["to"] < days["from"]:
        errors["to"] = _("The last day lies before the first.")
    elif days["to"] - days["from"] > LONGEST:
        errors["to"] = _("Choose at most one year.")
    if errors:
        days = usual
    shown = typed if errors else {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
    return Period(days["from"], days["to"], shown, errors)


def _asked(request: Request, of: str) -> tuple[Counter, Period]:
    """Whose register of which days; written down, since it names everybody with address and telephone."""
    counter, period = book_of(request), period_of(request)
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    note_list_read(of, {"agency": counter.agency.code, **days}, by=request.actor, at=request.at)
    return counter, period


def _file(request: Request, ending: str) -> StreamingHttpResponse:
    counter, period = _asked(request, f"register.{ending}")
    head = register_head(counter.agency.id, period.first, period.until, at=request.at)
    sheet = register_sheet(head, register_rows(counter.agency.id, period.first, period.until))
    return attached(sheet, _name(counter, period.first, period.until), ending)


def _prints(counter: Counter, period: Period) -> list[dict[str, str]]:
    found = []
    for first, until in months_of(period):
        days = {"from": first.isoformat(), "to": (until - timedelta(days=1)).isoformat()}
        found.append({"label": f"{first:%m/%Y}", "query": urlencode({**counter.query, **days})})
    return found


def _name(counter: Counter, first: date, until: date) -> str:
    return f"so-theo-doi-ho-so-{counter.agency.code}-{first:%Y%m%d}-{until - timedelta(days=1):%Y%m%d}"

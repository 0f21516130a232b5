"""Form 07 of one counter for a period: on screen, as a workbook, as a PDF to print."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from camaug.cases.policy import CLERK
from camaug.cases.slips.register import register_head, register_page, register_pdf, register_rows, register_xlsx
from camaug.cases.web.desk.intake_place import Counter, counter_of
from camaug.catalogue.forms.dates import parse_day
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.files.serving import respond_printed
from camaug.kernel.pages import Request, staff

LONGEST = timedelta(days=366)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


@staff(roles={CLERK})
def register_book(request: Request) -> HttpResponse:
    """The register on screen, fifty rows a page; this month unless another period is asked for."""
    counter, period = counter_of(request), period_of(request)
    query = {**counter.query, "from": period.first.isoformat(), "to": period.last.isoformat()}
    page = register_page(counter.agency.id, period.first, period.until, token=request.GET.get("place", ""))
    shown = {
        "counter": counter,
        "agencies": [{"value": str(one.id), "label": one.name} for one in counter.agencies],
        "period": period,
        "page": page,
        "query": urlencode(query),
        "newer": f"?{urlencode({**query, 'place': page.newer})}" if page.newer else "",
        "older": f"?{urlencode({**query, 'place': page.older})}" if page.older else "",
    }
    return render(request, "cases/desk/register_book/page.html", shown, status=422 if period.errors else 200)


@staff(roles={CLERK})
def workbook(request: Request) -> FileResponse:
    """The whole period as XLSX."""
    counter, period = counter_of(request), period_of(request)
    head = register_head(counter.agency.id, period.first, period.until, at=request.at)
    book = register_xlsx(head, register_rows(counter.agency.id, period.first, period.until))
    return FileResponse(book, as_attachment=True, filename=_name(counter, period, "xlsx"), content_type=XLSX)


@staff(roles={CLERK})
def printed(request: Request) -> HttpResponse:
    """The whole period as PDF, A4 landscape."""
    counter, period = counter_of(request), period_of(request)
    head = register_head(counter.agency.id, period.first, period.until, at=request.at)
    pdf = register_pdf(head, register_rows(counter.agency.id, period.first, period.until))
    return respond_printed(pdf, _name(counter, period, "pdf"), inline=True)


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


def _name(counter: Counter, period: Period, ending: str) -> str:
    return f"so-theo-doi-ho-so-{counter.agency.code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"

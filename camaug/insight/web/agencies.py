from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page

from camaug.insight import lines, sheet
from camaug.insight.web.showing import asked_period, file_of
from camaug.kernel.pages import Request, public
from camaug.kernel.text import fold

WORDS = 60


@public
@gzip_page
def agencies(request: Request) -> HttpResponse:
    """All agencies that had a case in the period, as one table; those whose names fit the words `?q=`."""
    period = asked_period(request)
    words = request.GET.get("q", "").strip()[:WORDS]
    found = lines.of_province(period, at=request.at).agencies
    fitting = [line for line in found if all(word in fold(line.label) for word in fold(words).split())]
    shown = {
        "period": period,
        "at": request.at,
        "q": words,
        "sheet": sheet.cases(_("All agencies"), gettext_lazy("Agency"), fitting),
        "file": file_of("agencies", period),
    }
    return render(request, "insight/agencies.html", shown)

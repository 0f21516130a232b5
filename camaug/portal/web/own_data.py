from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from camaug.kernel.clock import LOCAL
from camaug.kernel.outlet import zipped
from camaug.kernel.pages import Request, fresh, members
from camaug.portal.actions.take_own_data import take_own_data
from camaug.portal.own_data import entries


@fresh
@members
def own_data(request: Request) -> HttpResponseBase:
    """GET says what is kept of oneself and what the copy holds; POST sends the copy while it is made."""
    if request.method != "POST":
        return _page(request)
    take_own_data(by=request.actor, at=request.at)
    at = request.at.astimezone(LOCAL)
    answer = StreamingHttpResponse(zipped(entries(request.actor, at=request.at), at=at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{at:%Y%m%d}.zip"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _page(request: Request) -> HttpResponse:
    return render(request, "portal/own_data.html", {})

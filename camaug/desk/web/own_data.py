from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from camaug.desk.actions.take_own_data import take_own_data
from camaug.desk.own_data import entries
from camaug.kernel.clock import LOCAL
from camaug.kernel.outlet import zipped
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff
def own_data(request: Request) -> HttpResponseBase:
    """GET says what the copy of one's own account holds; POST sends it while it is made."""
    if request.method != "POST":
        return render(request, "desk/own_data.html", {})
    take_own_data(by=request.actor, at=request.at)
    at = request.at.astimezone(LOCAL)
    answer = StreamingHttpResponse(zipped(entries(request.actor, at=request.at), at=at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{at:%Y%m%d}.zip"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer

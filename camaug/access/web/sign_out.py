from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.access.web.session import close_session
from camaug.kernel.pages import Request, public


@public
def sign_out(request: Request) -> HttpResponseBase:
    """GET asks, since a link may be followed by accident; POST ends the session."""
    if request.method != "POST":
        return render(request, "access/sign_out.html")
    close_session(request)
    return redirect("/")

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from camaug.access.web.session import close_session
from camaug.kernel.pages import Request, public


@public
@require_POST
def sign_out(request: Request) -> HttpResponseBase:
    """Ends the session; a form's button, since a link could be followed by accident."""
    close_session(request)
    return redirect("/")

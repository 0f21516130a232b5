"""How the reader wants to see the pages. Kept in cookies, so that it needs no account."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from camaug.kernel.pages import public
from camaug.ui.context import THEME_COOKIE, THEMES

YEAR = timedelta(days=365)


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme (an empty one follows the device) and go back to the page."""
    answer = HttpResponseRedirect(_way_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"

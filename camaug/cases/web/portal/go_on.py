from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from camaug.cases.queries import Draft
from camaug.cases.web.portal import walk
from camaug.kernel.pages import Request


@walk.drafted
def go_on(_request: Request, draft: Draft) -> HttpResponseBase:
    """Leads to the first thing that is not done yet."""
    return redirect(walk.go_on(draft))

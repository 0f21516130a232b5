"""The door of SCIM."""

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from camaug.kernel.pages import Request, public


@csrf_exempt
@public
def scim(request: Request, path: str = "") -> HttpResponseBase:
    """Everything below /scim/v2: a system shows the token by which it asks for itself."""
    from camaug.provisioning.web.answering import answer

    return answer(request, path)

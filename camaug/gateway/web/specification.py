"""The API's own description, as OpenAPI 3.1."""

from django.http import HttpResponse

from camaug.gateway.web.description import written
from camaug.kernel.pages import Request, public


@public
def specification(_request: Request) -> HttpResponse:
    """The description as JSON."""
    response = HttpResponse(written(), content_type="application/json")
    response["Cache-Control"] = "public, max-age=300"
    return response

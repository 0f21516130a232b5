"""The API's own description, as OpenAPI 3.1."""

import json
from functools import lru_cache

from django.http import HttpResponse

from camaug.gateway.web.description import described
from camaug.kernel.pages import Request, public


@public
def specification(_request: Request) -> HttpResponse:
    """The description as JSON."""
    response = HttpResponse(_octets(), content_type="application/json")
    response["Cache-Control"] = "public, max-age=300"
    return response


@lru_cache(maxsize=1)
def _octets() -> str:
    return json.dumps(described(), ensure_ascii=False, indent=1)

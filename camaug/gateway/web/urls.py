from django.urls import URLPattern, path

from camaug.gateway.web import docs, specification
from camaug.gateway.web.api import METHODS, api
from camaug.gateway.web.guard import guarded

app_name = "api"

BASE = "api/v1/"

urlpatterns = [
    path(f"{BASE}docs/", docs.docs, name="docs"),
    path(f"{BASE}openapi.json", specification.specification, name="specification"),
    *(
        path(
            f"{BASE}{pattern.pattern}".replace("//", "/"),
            guarded(pattern.callback, METHODS[pattern.name]),
            name=pattern.name,
        )
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name in METHODS
    ),
]

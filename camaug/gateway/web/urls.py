from django.urls import URLPattern, path

from camaug.gateway.web import specification
from camaug.gateway.web.api import api
from camaug.gateway.web.guard import guarded

app_name = "api"

BASE = "api/v1/"
_ROOT = "api-root"  # of the library, and of no use

urlpatterns = [
    path(f"{BASE}openapi.json", specification.specification, name="specification"),
    *(
        path(f"{BASE}{pattern.pattern}".replace("//", "/"), guarded(pattern.callback), name=pattern.name)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != _ROOT
    ),
]

from django.conf import settings
from django.http import JsonResponse

from camaug.catalogue.forms.schema import json_schema
from camaug.catalogue.queries import current
from camaug.catalogue.web.portal.asked_day import asked_day
from camaug.kernel.pages import Request, public


@public
def schema(request: Request, code: str) -> JsonResponse:
    """The JSON schema of the procedure's e-form, today's or that of the day `?on=`."""
    version = current(code, asked_day(request) or request.at.date())
    found = {
        **json_schema(version.definition.form),
        "$id": f"{settings.PUBLIC_URL}{request.path}?on={version.valid_from.isoformat()}",
    }
    return JsonResponse(
        found, content_type="application/schema+json", json_dumps_params={"ensure_ascii": False, "indent": 1}
    )

"""The catalogue: what can be applied for, with what, where, for how much, until when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import P, PathEx, QueryEx

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.forms.schema import json_schema
from camaug.catalogue.queries import browsing, current, receivers, search, versions
from camaug.catalogue.rest.answers import Group, Office, Procedure, ProcedureLine, line_of, procedure_of
from camaug.kernel.rest import After, Call, Limit, Operations, Page, cursor, place_of

operations = Operations("catalogue")
Code = PathEx[str, P(max_length=60, description="The procedure's short code, as in dang-ky-khai-sinh")]
Day = QueryEx[date | None, P(description="As of that day; today where it is left out")]
_WORDS = "Words, with or without accents; the best matches come on one page"


@operations.get("/procedures", _("Procedures in force, by code or by words"), Page[ProcedureLine])
def list_procedures(
    request: Call,
    q: QueryEx[str, P(max_length=200, description=_WORDS)] = "",
    field: QueryEx[str, P(max_length=40)] = "",
    life_event: QueryEx[str, P(max_length=40)] = "",
    level: QueryEx[str, P(max_length=20)] = "",
    channel: Channel | None = None,
    after: After = "",
    limit: Limit = 50,
) -> Page[ProcedureLine]:
    """Those that can be applied for by themselves."""
    on = request.at.date()
    if q.strip():
        return Page(items=[line_of(hit) for hit in search(q, on, limit=limit)])
    of = f"procedures:{field}:{life_event}:{level}:{channel}"
    found = browsing.page(
        on,
        field=field,
        level=level,
        channel=channel or "",
        life_event=life_event,
        after=place_of(after, of=of),
        limit=limit + 1,
    )
    following = cursor(found[limit - 1].code, of=of) if len(found) > limit else None
    return Page(items=[line_of(hit) for hit in found[:limit]], next=following)


@operations.get("/procedures/{code}", _("One procedure: papers, fees, limits, steps, results"), Procedure)
def read_procedure(request: Call, code: Code, on: Day = None) -> Procedure:
    """As the law stands on that day; what no text at hand confirms is marked `verify`."""
    return procedure_of(current(code, on or request.at.date()), versions(code))


@operations.get("/procedures/{code}/form", _("The e-form of a procedure as JSON Schema"), dict[str, Any])
def read_form(request: Call, code: Code, on: Day = None) -> HttpResponse:
    """JSON Schema 2020-12 of the answers to send with an application."""
    version = current(code, on or request.at.date())
    address = f"{settings.PUBLIC_URL}{request.path}?on={version.valid_from.isoformat()}"
    return JsonResponse(
        {**json_schema(version.definition.form), "$id": address}, json_dumps_params={"ensure_ascii": False}
    )


@operations.get("/procedures/{code}/offices", _("The offices that receive a procedure"), Page[Office])
def list_offices(
    request: Call,
    code: Code,
    after: After = "",
    limit: Limit = 50,
) -> Page[Office]:
    """By code; an application names one of them."""
    version, of = current(code, request.at.date()), f"offices:{code}"
    begin = place_of(after, of=of)
    offices = sorted(
        (one for one in receivers(version, request.at.date()) if one.code > begin), key=lambda one: one.code
    )
    following = cursor(offices[limit - 1].code, of=of) if len(offices) > limit else None
    return Page(items=[Office.model_validate(one) for one in offices[:limit]], next=following)


@operations.get("/fields", _("Fields of work that have procedures"), Page[Group])
def list_fields(request: Call) -> Page[Group]:
    """In the province's order."""
    return Page(items=[Group.model_validate(one) for one in browsing.fields(request.at.date())])


@operations.get("/life-events", _("Events of life that lead to procedures"), Page[Group])
def list_life_events(request: Call) -> Page[Group]:
    """In the province's order."""
    return Page(items=[Group.model_validate(one) for one in browsing.life_events(request.at.date())])

"""Provinces, districts and communes, for addresses."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import P, QueryEx

from camaug.kernel.rest import Answer, Call, Operations, Page
from camaug.people.queries import provinces, search_places, subdivisions

operations = Operations("places")
FOUND = 20


class Place(Answer):
    """An administrative unit; `code` is what answers to an ADDRESS hold."""

    id: UUID
    code: str
    name: str
    full_name: str
    kind: str
    parent_id: UUID | None


@operations.get("/places", _("Places: the provinces, those under one, or by name"), Page[Place])
def list_places(request: Call, under: UUID | None = None, q: QueryEx[str, P(max_length=100)] = "") -> Page[Place]:
    """At most 20 are found by words; the list of what lies under a place is whole."""
    on = request.at.date()
    if q.strip():
        found = search_places(q, on, within=under, limit=FOUND)
    else:
        found = subdivisions(under, on) if under else provinces(on)
    return Page(items=[Place.model_validate(one) for one in found])

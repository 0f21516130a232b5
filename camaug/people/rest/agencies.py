"""Agencies as they stand today."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import P, PathEx, QueryEx

from camaug.kernel.rest import After, Answer, Call, Limit, Operations, Page, cursor, place_of
from camaug.people.queries import AgencyView, directory

operations = Operations("agencies")


class Agency(Answer):
    """An agency; `code` is its identity code (QĐ 20/2020)."""

    id: UUID
    code: str
    name: str
    name_en: str
    kind: str
    level: str
    parent_id: UUID | None
    place_code: str
    address: str
    phone: str
    email: str
    hours: str
    valid_from: date


@operations.get("/agencies", _("Agencies, by code or by the words in their names"), Page[Agency])
def list_agencies(
    request: Call,
    q: QueryEx[str, P(max_length=100)] = "",
    kind: QueryEx[str, P(max_length=30)] = "",
    level: QueryEx[str, P(max_length=20)] = "",
    after: After = "",
    limit: Limit = 50,
) -> Page[Agency]:
    """With words the best matches come first, on one page."""
    known, of = directory(request.at.date()), f"agencies:{kind}:{level}"
    if q.strip():
        return Page(
            items=[Agency.model_validate(one) for one in known.search(q, limit=limit) if _fits(one, kind, level)]
        )
    begin = place_of(after, of=of)
    rest = sorted((one for one in known if _fits(one, kind, level) and one.code > begin), key=lambda one: one.code)
    following = cursor(rest[limit - 1].code, of=of) if len(rest) > limit else None
    return Page(items=[Agency.model_validate(one) for one in rest[:limit]], next=following)


@operations.get("/agencies/{code}", _("One agency"), Agency)
def read_agency(request: Call, code: PathEx[str, P(max_length=60)]) -> Agency:
    """The agency of that code today."""
    return Agency.model_validate(directory(request.at.date()).by_code(code))


def _fits(agency: AgencyView, kind: str, level: str) -> bool:
    return kind in ("", agency.kind) and level in ("", agency.level)

"""Which attributes are told where a system asks for some, or leaves some out (RFC 7644 3.9)."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from scim2_models import Context, ResponseParameters
from scim2_server.utils import parametrize

from camaug.provisioning.queries import AccountTold, AgencyTold, Member, PostTold
from camaug.provisioning.web import telling
from camaug.provisioning.web.shapes import Account, Agency
from camaug.provisioning.web.telling import Told

_ID, _AT = UUID(int=1), datetime(2026, 1, 1, tzinfo=UTC)
_POST = PostTold(_ID, _ID, "x", "x", "x", "x", ("x",), acting=True)
_ACCOUNT = AccountTold(_ID, "x", "x", "x", active=True, posts=(_POST,), created_at=_AT, changed_at=_AT)
_AGENCY = AgencyTold(
    id=_ID,
    code="x",
    name="x",
    short_name="x",
    kind="x",
    level="x",
    parent_id=_ID,
    parent_code="x",
    parent="x",
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 1, 2),
    active=True,
    created_at=_AT,
    changed_at=_AT,
    members=(Member(_ID, "x"),),
)


def projected(page: list[Told], asked: ResponseParameters[Any]) -> list[Told]:
    """The resources of one kind with what is asked for; empty attributes are left out."""
    if not page or not (asked.attributes or asked.excluded_attributes):
        return page
    kind = page[0]["meta"]["resourceType"]
    wanted, unwanted = ([str(path) for path in paths or ()] for paths in (asked.attributes, asked.excluded_attributes))
    pattern = _pattern(kind, tuple(wanted), tuple(unwanted))
    return [_kept(one, pattern) for one in page]


@lru_cache(maxsize=200)
def _pattern(kind: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Told:
    """What scim2-models leaves of a resource that has everything."""
    model: Any = Account if kind == "User" else Agency
    whole = telling.account(_ACCOUNT, "") if kind == "User" else telling.agency(_AGENCY, "")
    parameters = parametrize(ResponseParameters, model)
    asked = parameters(attributes=list(wanted) or None, excluded_attributes=list(unwanted) or None)
    left: Told = model.model_validate(whole).model_dump(
        scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=asked
    )
    return left


def _kept(told: Told, pattern: Told) -> Told:
    kept = {name: _part(value, pattern[name]) for name, value in told.items() if name in pattern}
    kept = {name: value for name, value in kept.items() if value not in ([], {})}
    if "schemas" in kept:
        first, *extensions = told["schemas"]
        kept["schemas"] = [first, *(one for one in extensions if one in kept)]
    return kept


def _part(value: Any, pattern: Any) -> Any:
    if isinstance(value, dict):
        return _kept(value, pattern)
    if isinstance(value, list) and isinstance(pattern[0], dict):
        return [kept for one in value if (kept := _kept(one, pattern[0]))]
    return value

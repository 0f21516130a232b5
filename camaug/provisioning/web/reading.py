"""The protocol, as scim2-server keeps it, over what we tell: everything is read here and nothing written."""

from dataclasses import replace
from functools import cache
from http import HTTPStatus
from typing import Any, Union
from uuid import UUID

from django.conf import settings
from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ETag,
    Filter,
    ForbiddenException,
    InvalidCursorException,
    ListResponse,
    NotFoundException,
    NotImplementedException,
    Pagination,
    Patch,
    Reference,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimProvider,
    SearchRequest,
    ServiceProviderConfig,
    Sort,
)
from scim2_server.conditions import Conditions
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation, Target
from scim2_server.service import ScimService
from scim2_server.storage import ScimStorage, SearchPage
from scim2_server.utils import parametrize

from camaug.provisioning.queries import Sought, View, account_told, accounts_told, agencies_told, agency_told
from camaug.provisioning.web import filters, telling
from camaug.provisioning.web.projection import projected
from camaug.provisioning.web.shapes import MODELS, RESOURCE_TYPES

MOST = 200
_READING = frozenset({Operation.query, Operation.search, Operation.search_with_body})
_CONFIG = ServiceProviderConfig(
    patch=Patch(supported=False),
    bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
    filter=Filter(supported=True, max_results=MOST),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=False),
    etag=ETag(supported=True),
    pagination=Pagination(
        cursor=True,
        index=True,
        default_pagination_method=Pagination.DefaultPaginationMethod.index,
        default_page_size=100,
        max_page_size=MOST,
    ),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="OAuth Bearer Token",
            description="An access token with the scope scim.read, by the client credentials grant",
            spec_uri=Reference("https://www.rfc-editor.org/info/rfc6750"),
            primary=True,
        )
    ],
)


class Reading(ScimService):
    """Whoever wants to write is told that this is not where it is done (RFC 7644 3.12).

    `kept`: classes that pydantic would make anew for each request, since it holds those that it made no longer than
    somebody else does.
    """

    def __init__(self, provider: ScimProvider, *, secret: str) -> None:
        super().__init__(provider, secret=secret)
        models = self.get_models()
        one_kind = [parametrize(made, model) for made in (SearchRequest, ResponseParameters) for model in models]
        self.kept = [*one_kind, parametrize(ListResponse, Union[tuple(models)])]  # noqa: UP007 (known when it runs)

    def authorize(self, request: ScimRequest, target: Target, resource_type: ResourceType) -> None:  # noqa: ARG002 (its shape)
        """Reading is for whom the door let in."""
        if target.operation not in _READING:
            raise NotImplementedException(detail="Accounts and agencies are changed in CaMau-G, and only read here")

    def query_response(
        self,
        base_url: str,  # noqa: ARG002 (its shape)
        resource: Any,
        response_parameters: ResponseParameters[Any],
        conditions: Conditions,
    ) -> ScimResponse:
        """One, or 304 where the system has it already."""
        told = {"ETag": resource["meta"]["version"]}
        if not conditions.check(told["ETag"], "GET"):
            return ScimResponse(HTTPStatus.NOT_MODIFIED, None, told)
        where = {"Content-Location": resource["meta"]["location"]}
        return ScimResponse(HTTPStatus.OK, projected([resource], response_parameters)[0], told | where)

    def search_response(
        self,
        base_url: str,
        resource_types: list[ResourceType],
        page: SearchPage,
        search_request: SearchRequest[Any],
    ) -> ScimResponse:
        """The library's own list, and in it what is told as it was written."""
        around = super().search_response(base_url, resource_types, replace(page, resources=[]), search_request)
        there: list[Any] = page.resources
        if there and around.body is not None:
            around.body |= {"itemsPerPage": len(there), "Resources": projected(there, search_request)}
        return around


@cache
def service() -> Reading:
    """The one of this process."""
    provider = ScimProvider(models=MODELS, resource_types=RESOURCE_TYPES, config=_CONFIG)
    return Reading(provider, secret=f"scim {settings.SECRET_KEY}")


def handler(view: View, root: str) -> ScimHandler:
    """What answers to one that sees so much."""
    return ScimHandler(service(), Rows(view, root))


class Rows(ScimStorage):
    """Our rows as what scim2-server reads."""

    supports_cursors = True

    def __init__(self, view: View, root: str) -> None:
        self.view, self.root = view, root

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Any:
        """One. NotFoundException."""
        key = _uuid(resource_id)
        members = response_parameters is None or _wants_members(response_parameters)
        if resource_type.id == "User" and key and (one := account_told(key, self.view)):
            return telling.account(one, self.root)
        if resource_type.id == "Group" and key and (body := agency_told(key, self.view, members=members)):
            return telling.agency(body, self.root)
        raise NotFoundException(detail=f"There is no {resource_type.id} {resource_id!r}")

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        """A page."""
        if len(resource_types) != 1:
            raise NotImplementedException(detail="Ask /Users or /Groups")
        users = resource_types[0].id == "User"
        sought = _sought(search_request, filters.ACCOUNT if users else filters.AGENCY, position)
        page: list[Any]
        if users:
            total, accounts = accounts_told(sought, self.view)
            page = [telling.account(one, self.root) for one in accounts]
        else:
            total, agencies = agencies_told(sought, self.view, members=_wants_members(search_request))
            page = [telling.agency(one, self.root) for one in agencies]
        more = search_request.cursor is not None and bool(page) and len(page) == sought.count
        return SearchPage(total, page, next=page[-1]["id"] if more else None)

    def create(self, *_args: Any, **_named: Any) -> Resource[Any]:
        """Not here."""
        raise ForbiddenException

    update = create

    def delete(self, *_args: Any, **_named: Any) -> None:
        """Not here."""
        raise ForbiddenException


def _sought(asked: SearchRequest[Any], columns: filters.Columns, position: Any) -> Sought:
    count = asked.count if asked.count is not None else MOST
    after = _uuid(str(position)) if position else None
    if position and after is None:
        raise InvalidCursorException
    skip = max((asked.start_index or 1) - 1, 0)
    return Sought(filters.condition(asked.filter, columns), max(count, 0), skip if asked.cursor is None else 0, after)


def _wants_members(asked: ResponseParameters[Any]) -> bool:
    if asked.attributes:
        return any("members" in str(path).lower() for path in asked.attributes)
    return not any(str(path).lower().rpartition(":")[2] == "members" for path in asked.excluded_attributes or ())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

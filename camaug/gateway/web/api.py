"""The API put together: every part's operations, and one way to refuse."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from camaug.access.rest import me
from camaug.cases.rest import cases, files, follow, moves, own_cases
from camaug.catalogue.rest import procedures
from camaug.gateway.actions.answer_once import AnsweredBefore
from camaug.gateway.web.reading import StrictParser
from camaug.kernel.errors import DomainError
from camaug.kernel.problems import Problem, answer, refused
from camaug.people.rest import agencies, places
from camaug.ui.rest import uploads

PARTS = (procedures, agencies, places, follow, own_cases, uploads, cases, moves, files, me)

_UNUSED = HttpResponse()


class _Api(NinjaAPI):
    """Each operation makes its answer itself (`kernel.rest`), so that none is begun for it."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 (ninja's signature)
        return _UNUSED


api = _Api(
    title="CaMau-G",
    version="1.0.0",
    parser=StrictParser(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
for part in PARTS:
    api.add_router("", part.operations.router)
METHODS = {name: methods for part in PARTS for name, methods in part.operations.methods.items()}


@api.exception_handler(DomainError)
def refusal(_request: HttpRequest, no: DomainError) -> HttpResponse:
    """A rule said no."""
    return refused(no)


@api.exception_handler(AnsweredBefore)
def repeated(_request: HttpRequest, before: AnsweredBefore) -> HttpResponse:
    """The guard answers it, once all is undone."""
    raise before


@api.exception_handler(ValidationError)
def misunderstood(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """What was sent is not what the OpenAPI describes."""
    errors = {_field(error["loc"]): str(error["msg"]) for error in wrong.errors}
    return answer(Problem(422, _("Please correct the marked fields."), "invalid-input", errors))


@api.exception_handler(HttpError)
def unreadable(_request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """No JSON at all."""
    return answer(Problem(wrong.status_code, _("The request could not be understood")))


@api.exception_handler(Http404)
def unknown(_request: HttpRequest, _wrong: Http404) -> HttpResponse:
    """There is no such thing."""
    return answer(Problem(404, _("Not found.")))


def _field(place: tuple[str | int, ...]) -> str:
    """`answers.child_name` out of ("body", "sent", "answers", "child_name"); the name of a parameter."""
    return ".".join(str(part) for part in (place[2:] if place[:1] == ("body",) else place[1:]))

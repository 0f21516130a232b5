"""A small site whose pages refuse and fail, to see what a person is shown."""

from django.http import HttpResponse
from django.urls import path

from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.kernel.pages import Request, public, staff
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as real


@public
def forbidden(_request: Request) -> HttpResponse:
    raise NotAllowed(reason="Chỉ lãnh đạo được ký.")


@public
def missing(_request: Request) -> HttpResponse:
    raise NotFound


@public
def refused(_request: Request) -> HttpResponse:
    raise DomainError


@public
def closed(_request: Request, token: str = "") -> HttpResponse:
    raise NotDecrypted("The key 1a2b3c4d is not held.")


@public
def broken(_request: Request) -> HttpResponse:
    raise ValueError("a secret of Nguyễn Văn An")


def undeclared(_request: Request) -> HttpResponse:
    return HttpResponse("seen")


@staff(may="cases.apologise")
def for_leaders(_request: Request) -> HttpResponse:
    return HttpResponse("seen")


urlpatterns = [
    path("forbidden/", forbidden),
    path("missing/", missing),
    path("refused/", refused),
    path("closed/", closed),
    path("closed/<str:token>/", closed),
    path("broken/", broken),
    path("undeclared/", undeclared),
    path("for-leaders/", for_leaders),
    *real,
]

"""What is found by the shape of an address is what Django finds by trying every pattern."""

import pytest
from django.http import Http404
from django.urls import ResolverMatch, resolve

from camaug.runtime.web.addresses import view_at
from tests.urls import Url, every_url
from tests.urls_samples import SAMPLES

NOWHERE = (
    "",
    "/nowhere",
    "/api/v1",
    "/api/v1/cases/",
    "/api/v1/cases//moves/receive",
    "/api/v1/cases/one/moves/receive/",
    "/api/v1/cases/one/moves/nothing",
    "/api/v1/own-cases/no-id",
    "//api/v1/cases",
)
ODD = ("/api/v1/cases/.../moves/receive", "/api/v1/cases/a\nb", "/api/v1/cases/m%C3%A3", "/scim/v2/", "/scim/v2/a/b")


def as_told(found: ResolverMatch) -> dict[str, object]:
    return {name: value for name, value in vars(found).items() if name != "tried"}


@pytest.mark.parametrize("url", every_url(), ids=lambda url: url.route)
def test_it_is_the_same_view_under_the_same_name_with_the_same_values(url: Url) -> None:
    path = url.path(SAMPLES.get(url.name, {}))
    found = view_at(path)
    assert found is not None
    assert as_told(found) == as_told(resolve(path))


@pytest.mark.parametrize("path", ODD)
def test_so_it_is_with_odd_values(path: str) -> None:
    found = view_at(path)
    assert found is not None
    assert as_told(found) == as_told(resolve(path))


@pytest.mark.parametrize("path", NOWHERE)
def test_where_django_finds_nothing_nothing_is_found(path: str) -> None:
    with pytest.raises(Http404):
        resolve(path)
    assert view_at(path) is None

import pytest

from camaug.kernel.pages import door_of
from tests.urls import Url, every_url
from tests.urls_samples import SAMPLES


@pytest.mark.parametrize("url", every_url(), ids=lambda url: url.route)
def test_a_url_declares_its_audience(url: Url) -> None:
    assert door_of(url.view), f"/{url.route} is closed to all: decorate its view with @public, @members or @staff"


@pytest.mark.parametrize("url", every_url(), ids=lambda url: url.route)
def test_a_url_has_a_name(url: Url) -> None:
    assert not url.name.endswith("None"), f"/{url.route} has no name"


def test_a_url_with_parameters_has_a_sample() -> None:
    for url in every_url():
        sample = SAMPLES.get(url.name, {})
        assert set(sample) == set(url.parameters), f"add a sample for {url.name} to tests/urls_samples.py"


def test_no_sample_is_left_of_a_url_that_is_gone() -> None:
    assert SAMPLES.keys() <= {url.name for url in every_url()}

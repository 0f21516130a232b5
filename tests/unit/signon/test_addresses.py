import pytest

from camaug.signon.addresses import is_address, is_one_of

RIGHT = ["https://hop.example/cb", "https://hop.example:8443/cb?x=1", "http://localhost:3000/cb", "http://[::1]/cb"]
NATIVE = ["vn.gov.camau.app:/cb", "http://127.0.0.1/cb"]
WRONG = [
    "",
    "/cb",
    "//hop.example/cb",
    "http://hop.example/cb",
    "https://",
    "https://*.example/cb",
    "https://hop.example/cb#x",
    "https://a@hop.example/cb",
    "https://hop.example/../cb",
    "https://hop.example\\@evil.example/",
    "https://hop.example/ cb",
    "https://hộp.example/cb",
    "https://hop.example:99999/cb",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://hop.example/cb",
    "https://hop.example/" + "x" * 400,
]


@pytest.mark.parametrize("address", RIGHT)
def test_right(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize("address", NATIVE)
def test_right_for_an_app(address: str) -> None:
    assert is_address(address, native=True)


@pytest.mark.parametrize("address", WRONG)
def test_wrong_for_everybody(address: str) -> None:
    assert not is_address(address)
    assert not is_address(address, native=True)


def test_an_apps_own_scheme_is_no_websites() -> None:
    assert not is_address("vn.gov.camau.app:/cb")
    assert not is_address("app:/cb", native=True)


def test_the_port_of_the_device_is_the_apps_choice() -> None:
    registered = ["http://127.0.0.1/cb", "http://[::1]/cb?x=1"]
    assert is_one_of("http://127.0.0.1:5000/cb", registered, native=True)
    assert is_one_of("http://[::1]:5000/cb?x=1", registered, native=True)
    assert not is_one_of("http://127.0.0.1:5000/cb", registered)
    assert not is_one_of("http://127.0.0.1:5000/cb?y", registered, native=True)
    assert not is_one_of("http://a@127.0.0.1:5000/cb", registered, native=True)

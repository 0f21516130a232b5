"""Addresses that a system registers, and whether one that is asked for is one of them."""

from urllib.parse import SplitResult, urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_SCRIPTS = frozenset({"javascript", "data", "vbscript", "file", "blob", "about"})


def is_address(text: str, *, native: bool = False) -> bool:
    """Whether people may be led there: https, http on this machine only, without user, fragment or wildcard.

    `native`: an app on people's devices may also have a scheme of its own, in reverse domain order (RFC 8252 7.1).
    """
    if len(text) > 400 or "*" in text or "\\" in text or not text.isascii() or not text.isprintable() or " " in text:
        return False
    address = _split(text)
    if address is None or address.fragment or "#" in text or address.username is not None or ".." in address.path:
        return False
    if address.scheme == "https":
        return bool(address.hostname)
    if address.scheme == "http":
        return address.hostname in _LOOPBACK | {"localhost"}
    return native and "." in address.scheme and address.scheme not in _SCRIPTS


def is_one_of(asked: str, registered: list[str], *, native: bool = False) -> bool:
    """Letter by letter; an app on people's devices may choose its port on the device itself (RFC 8252 7.3)."""
    return asked in registered or (native and any(_but_for_the_port(asked, one) for one in registered))


def _but_for_the_port(asked: str, registered: str) -> bool:
    known, wanted = _split(registered), _split(asked)
    if known is None or wanted is None or not is_address(asked):
        return False
    without_port = f"http://[{wanted.hostname}]" if ":" in (wanted.hostname or "") else f"http://{wanted.hostname}"
    rest = f"{wanted.path}?{wanted.query}" if wanted.query else wanted.path
    return known.port is None and known.hostname in _LOOPBACK and without_port + rest == registered


def _split(text: str) -> SplitResult | None:
    try:
        address = urlsplit(text)
        _port = address.port
    except ValueError:
        return None
    return address

"""What stands in an address and is not to be read there: encrypted, in letters that an address takes as they are.

    address = closed("096194000123", about="sought:desk.search:…")
    opened(address, about="sought:desk.search:…")

Addresses stay in the histories of browsers and in the logs of whatever lies between; what they hold is bound to its
use like all that is encrypted (`encryption`), and opens nowhere else.
"""

from camaug.kernel.encryption import MARK, unwrap, wrap

_STEP = 32
_TO_ADDRESS, _FROM_ADDRESS = str.maketrans("+/", "-_"), str.maketrans("-_", "+/")


def closed(text: str, *, about: str) -> str:
    """The text as it may stand in an address. It is filled up first, since twelve octets would say: a number."""
    octets = text.encode()
    _mark, key, body = wrap(octets + b"\0" * (-len(octets) % _STEP), about=about).split(":")
    return f"{key}.{body.rstrip('=').translate(_TO_ADDRESS)}"


def opened(value: str, *, about: str) -> str:
    """The text of what `closed` gave; NotDecrypted."""
    key, _dot, body = value.partition(".")
    plain = body.translate(_FROM_ADDRESS)
    return unwrap(f"{MARK}:{key}:{plain}{'=' * (-len(plain) % 4)}", about=about).rstrip(b"\0").decode()

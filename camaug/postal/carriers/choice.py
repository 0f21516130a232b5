"""Which carrier this installation has."""

from functools import lru_cache
from threading import Lock

from django.conf import settings

from camaug.postal.carriers.contract import Carrier
from camaug.postal.carriers.counterpart import CUSTOMER, SECRET, LocalPost
from camaug.postal.carriers.http_carrier import HttpCarrier

_lock = Lock()


def is_set_up() -> bool:
    """Whether there is one; in the demonstration a small post of our own stands in for it."""
    return bool(settings.POST_URL) or settings.DEMO


def carrier() -> Carrier | None:
    """The carrier of the settings, with its token; None where none is set up."""
    if settings.POST_URL:
        return _carrier(settings.POST_URL, settings.POST_CUSTOMER, settings.POST_SECRET)
    if not settings.DEMO:
        return None
    with _lock:
        return _carrier(_demo_post().address, CUSTOMER, SECRET)


@lru_cache(maxsize=4)
def _carrier(url: str, customer: str, secret: str) -> Carrier:
    return HttpCarrier(url, customer, secret)


@lru_cache(maxsize=1)
def _demo_post() -> LocalPost:
    """Within the process that asks; all such read one book."""
    return LocalPost(plays=True, book=settings.POST_BOOK).__enter__()

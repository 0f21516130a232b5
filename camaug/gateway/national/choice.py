"""Which national portal this installation speaks with."""

from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from camaug.gateway.national.contract import NationalPortal
from camaug.gateway.national.http_portal import HttpPortal
from camaug.kernel.errors import DomainError


class NoPortal(DomainError):
    """None is set up."""

    sentence = _("No national portal is set up for this system.")


def is_set_up() -> bool:
    """Whether there is one."""
    return bool(settings.NATIONAL_PORTAL_URL)


def portal() -> NationalPortal | None:
    """The portal of the settings, with its session; None where none is set up."""
    if not is_set_up():
        return None
    return _portal(
        settings.NATIONAL_PORTAL_URL,
        settings.NATIONAL_PORTAL_USER,
        settings.NATIONAL_PORTAL_PASSWORD,
        settings.NATIONAL_PORTAL_UNIT,
    )


def needed_portal() -> NationalPortal:
    """The same for what cannot be done without it; NoPortal."""
    to = portal()
    if to is None:
        raise NoPortal
    return to


@lru_cache(maxsize=4)
def _portal(url: str, user: str, password: str, unit: str) -> NationalPortal:
    return HttpPortal(url, user, password, unit)

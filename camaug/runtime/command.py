"""What every command begins with: the installation opened, and what cannot be refused in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured

from camaug.runtime import console


@contextmanager
def opened(*, prepared: bool = True) -> Iterator[None]:
    """The installation, open; `prepared`: migrated, and loaded where it is empty."""
    from camaug.runtime import instance

    with refusing(), instance.opened(prepared=prepared):
        yield


@contextmanager
def refusing() -> Iterator[None]:
    """What cannot be is refused in one sentence."""
    from django.db import OperationalError

    from camaug.runtime.postgres.server import ServerFailed
    from camaug.runtime.postgres.software import NoClient

    try:
        yield
    except (ImproperlyConfigured, ServerFailed, NoClient, PermissionError) as refusal:
        console.refuse(str(refusal))
    except OperationalError as refusal:
        console.refuse(f"The database does not answer as it should: {str(refusal).strip().splitlines()[0]}")

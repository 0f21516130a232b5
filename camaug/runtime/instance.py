"""One installation: its folder DATA and its database, open while a command runs."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import django
from django.db import connections

from camaug.kernel import encryption, secret_files
from camaug.runtime.postgres.server import running

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def opened(*, prepared: bool = True) -> Iterator[None]:
    """The installation named by DATA and DATABASE_URL; `prepared`: migrated, and loaded where it is empty."""
    data = Path(os.environ.get("DATA") or ROOT / "data").resolve()
    os.environ["DATA"] = str(data)
    secret_files.take_in(os.environ)
    with _database(data) as address:
        os.environ["DATABASE_URL"] = address
        keep_secret_key(data)
        keep_data_keys(data, starting=prepared)
        configure()
        _keep_seal_key(data)
        _keep_signing_keys()
        if prepared:
            from camaug.runtime.preparing import prepare  # models can be imported only now

            prepare()
        try:
            yield
        finally:
            connections.close_all()


def configure() -> None:
    """Read the settings, without a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


@contextmanager
def _database(data: Path) -> Iterator[str]:
    """The address that was given, or the embedded server's."""
    data.mkdir(parents=True, exist_ok=True)
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with running(data) as address:
        yield address


def keep_secret_key(data: Path) -> None:
    """Production brings its own key; a demo makes one at its first start and keeps it."""
    if not os.environ.get("SECRET_KEY") and not (data / "secret-key").is_file():
        with suppress(FileExistsError):  # of two that start at once, the first one's holds for both
            secret_files.make(data / "secret-key", secrets.token_urlsafe(50))


def keep_data_keys(data: Path, *, starting: bool = True) -> None:
    """Where no file of keys is named, one lies in DATA: never in the database, whose values it opens.

    A command beside a real site makes none: it would write under a key that nobody else holds.
    """
    if not starting and os.environ.get("SECRET_KEY"):
        return
    if not os.environ.get("DATA_KEYS_FILE") and not (data / "data-keys").exists():
        with suppress(FileExistsError):
            encryption.make_keys(data / "data-keys")


def _keep_signing_keys() -> None:
    """The same for the keys that sign for systems with our sign-in."""
    from camaug.kernel.clock import now
    from camaug.signon.keys import make_first

    if not os.environ.get("SECRET_KEY") and not os.environ.get("SIGNON_KEYS"):
        with suppress(FileExistsError):
            make_first(at=now())


def _keep_seal_key(data: Path) -> None:
    """The same for the key that seals history."""
    from camaug.audit.keys import make_key

    if not os.environ.get("SECRET_KEY") and not os.environ.get("SEAL_KEY_FILE") and not (data / "seal-key").exists():
        with suppress(FileExistsError):
            make_key(data / "seal-key")

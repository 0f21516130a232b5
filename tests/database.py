"""Before anything else of a test run: a folder for files, and a real PostgreSQL unless DATABASE_URL names one.

Loaded as a plugin, since Django's settings read the environment before any conftest is imported. With pytest-xdist each
worker has its own server: a transaction that one of them keeps open would hold back the other's reading of events.
"""

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from camaug.runtime.instance import keep_data_keys, keep_secret_key
from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running

_WORKER = "PYTEST_XDIST_WORKER"


def address_of(database: str) -> str:
    """The address of another database on the server of this run."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    stack = ExitStack()
    early_config.add_cleanup(stack.close)
    data = _folder_of_the_run(stack)
    if not os.environ.get("DATABASE_URL") and not _has_workers(early_config):
        server = data / os.environ.get(_WORKER, "main")
        os.environ["DATABASE_URL"] = stack.enter_context(running(server, settings=WITHOUT_DURABILITY))
        stack.callback(os.environ.pop, "DATABASE_URL")
    return (yield)


def _has_workers(config: pytest.Config) -> bool:
    return _WORKER not in os.environ and bool(getattr(config.known_args_namespace, "numprocesses", None))


def _folder_of_the_run(stack: ExitStack) -> Path:
    """Made by the first process; workers inherit it."""
    if _WORKER not in os.environ:
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="camaug-test-", ignore_cleanup_errors=True))
        Path(made).chmod(0o755)
        os.environ["DATA"] = made
        keep_secret_key(Path(made))  # before settings are read: what one process signs, every other one knows
        keep_data_keys(Path(made))
    return Path(os.environ["DATA"])

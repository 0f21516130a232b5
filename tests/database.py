"""Before anything else of a test run: a folder for files, and a real PostgreSQL unless DATABASE_URL names one.

Loaded as a plugin, since Django's settings read the environment before any conftest is imported. With pytest-xdist each
worker has its own server and its own folder: a transaction that one of them keeps open would hold back the other's
reading of events, a file that one of them damages would be missed by the other.
"""

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running

_WORKER, _FOLDER = "PYTEST_XDIST_WORKER", "CAMAUG_TEST_FOLDER"


def address_of(database: str) -> str:
    """The address of another database on the server of this run."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    stack = ExitStack()
    early_config.add_cleanup(stack.close)
    data = _folder_of_the_run(stack) / os.environ.get(_WORKER, "main")
    data.mkdir(mode=0o755, exist_ok=True)
    os.environ["DATA"] = str(data)
    if not os.environ.get("DATABASE_URL") and not _has_workers(early_config):
        os.environ["DATABASE_URL"] = stack.enter_context(running(data, settings=WITHOUT_DURABILITY))
        stack.callback(os.environ.pop, "DATABASE_URL")
    return (yield)


def _has_workers(config: pytest.Config) -> bool:
    return _WORKER not in os.environ and bool(getattr(config.known_args_namespace, "numprocesses", None))


def _folder_of_the_run(stack: ExitStack) -> Path:
    """Made by the first process, which holds it in the environment for its workers."""
    if _WORKER not in os.environ:
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="camaug-test-", ignore_cleanup_errors=True))
        Path(made).chmod(0o755)
        os.environ[_FOLDER] = made
    return Path(os.environ[_FOLDER])

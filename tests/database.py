"""Before anything else of a test run: a folder for files, and a real PostgreSQL unless DATABASE_URL names one.

Loaded as a plugin, since Django's settings read the environment before any conftest is imported. With pytest-xdist the
first process starts the server and its workers inherit the address.
"""

import os
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="camaug-test-", ignore_cleanup_errors=True)))
        data.chmod(0o755)
        os.environ["DATA"] = str(data)
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = stack.enter_context(running(data, settings=WITHOUT_DURABILITY))
            stack.callback(os.environ.pop, "DATABASE_URL")
    return (yield)

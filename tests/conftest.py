"""What every test may use. Browser tests have more in `tests/browser/conftest.py`."""

import gc
import os
from collections.abc import Generator, Iterator

import hypothesis
import pytest
import xdist.scheduler
from django.conf import settings
from django.core.management.commands import flush
from django.test import override_settings
from django.utils import translation
from xdist.remote import Producer

from camaug.kernel import grants
from camaug.people.profile.grants import read_grants
from tests.installation import installation as installation
from tests.kept_rows import forget

hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # how fast examples are tried says how busy the machine is
hypothesis.settings.load_profile("busy")
os.environ.setdefault("VNEID_STAND_IN", "off")  # sites that tests start need none, but for those that ask for it


@pytest.fixture(autouse=True, scope="session")
def _plain_static_files() -> Iterator[None]:
    """Pages rendered in this process name static files plainly, whether or not they have been collected; also where
    collecting the tests has rendered one before.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(autouse=True, scope="session")
def _hashes_cost_little() -> Iterator[None]:
    """In this process; what tests start hashes at full cost."""
    cheap = "tests.hashing.AtLittleCost"
    with override_settings(PASSWORD_HASHERS=[cheap], RECOVERY_HASHER=cheap):
        yield


@pytest.fixture(autouse=True, scope="session")
def _tests_may_call_often() -> None:
    """Tests ask more in a minute than anybody; those of the limit itself set their own."""
    settings.API_CALLS_A_MINUTE = settings.API_STRANGERS_CALLS_A_MINUTE = 1_000_000


@pytest.fixture(autouse=True, scope="session")
def _posts_go_by_the_profiles_role_book() -> None:
    """Posts made by hand are granted what the profile grants to their roles."""
    grants.stand(grants.RoleBook(read_grants(settings.PROFILE)))


@pytest.fixture(autouse=True)
def _everybody_begins_in_vietnamese() -> None:
    """A page that was read in English leaves its language behind in this thread, for whichever test comes next."""
    translation.activate(settings.LANGUAGE_CODE)


class DearOnesTogether(xdist.scheduler.LoadGroupScheduling):
    """Tests of a module that shares one installation, or is dear to set up, go to one worker, in order; every other
    test goes where it can.

    pytest-xdist's own groups are written into a test's name, which pytest 9.2 no longer takes over.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::")[0]
        return module if module in TOGETHER else nodeid


TOGETHER = {
    "tests/integration/test_camaug_command.py",
    "tests/integration/runtime/test_the_guide_is_followed.py",
    "tests/browser/test_one_sign_in_for_every_system.py",
    "tests/browser/test_every_page_is_sound.py",
    "tests/browser/test_the_desk.py",
    "tests/integration/test_hostile_input.py",
    "tests/integration/runtime/test_older_data_migrates.py",
}


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> xdist.scheduler.Scheduling | None:
    """`--dist loadgroup`, by module."""
    return DearOnesTogether(config, log) if config.getvalue("dist") == "loadgroup" else None


FIRST = "tests/integration/test_camaug_command.py"
"""Loads the run's installation, while other workers have tests that need none: journeys come last. Else all would wait
for it at once.
"""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Unit tests may not touch the database: nothing marks them, and pytest-django refuses the rest."""
    for item in items:
        if "/tests/unit/" in str(item.path) and item.get_closest_marker("django_db"):
            raise pytest.UsageError(f"{item.nodeid}: a unit test touches no database; move it to tests/integration.")
    yield
    items.sort(key=lambda item: (not item.nodeid.startswith(f"{FIRST}::"), "/tests/browser/" in str(item.path)))


def pytest_collection_finish() -> None:
    """What has been collected stays to the end, and is not looked through for garbage again: that takes 0.4 s a time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _history_may_be_forgotten_between_tests() -> None:
    """Tests that commit are cleaned up row by row: append-only tables refuse TRUNCATE, which takes longer besides."""

    def handle(self: flush.Command, **options: object) -> None:
        forget()

    flush.Command.handle = handle  # type: ignore[method-assign]

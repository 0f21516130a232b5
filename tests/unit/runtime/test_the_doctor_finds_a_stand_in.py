"""`camaug doctor` names whatever only plays VNeID; of one that is set, true and silent, there is nothing to say."""

import pytest
from pytest_django import Settings

from camaug.access.outside.provider import STAND_IN
from camaug.runtime.keeping import doctor
from tests.identity_provider import standing
from tests.ports import free_port


def holds() -> bool:
    """The check that nothing plays VNeID."""
    (check,) = [check for name, check, _advice in doctor._PRODUCTION if name == "no stand-in for VNeID"]
    return check()


@pytest.mark.parametrize(("said", "sound"), [({}, True), ({STAND_IN: True}, False)])
def test_one_that_says_that_it_plays_is_named(settings: Settings, said: dict[str, bool], sound: bool) -> None:
    with standing(settings, metadata=said):
        assert holds() is sound


def test_where_none_is_set_or_none_answers_nothing_plays(settings: Settings) -> None:
    settings.OUTSIDE_ISSUER = ""
    assert holds()
    with standing(settings):
        settings.OUTSIDE_ISSUER = settings.OUTSIDE_METADATA_URL = f"http://127.0.0.1:{free_port()}"
        assert holds()

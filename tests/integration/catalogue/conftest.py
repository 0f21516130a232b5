from datetime import datetime

import pytest

from camaug.catalogue.actions.arrange_vocabulary import arrange_vocabulary
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.profile_files import read_vocabulary
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from tests.unit.catalogue.samples import KNOWN, PROFILE, real

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)


@pytest.fixture
def vocabulary(db: None) -> None:
    """Fields of work and life events of the profile."""
    arrange_vocabulary(read_vocabulary(PROFILE), by=SYSTEM, at=NOW)


@pytest.fixture
def catalogue(vocabulary: None) -> None:
    """The profile's three procedures."""
    for code in ("chung-thuc-ban-sao", "dang-ky-ho-kinh-doanh", "dang-ky-khai-sinh"):
        publish_version(real(code), known=KNOWN, by=SYSTEM, at=NOW)

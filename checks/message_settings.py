"""The settings, with catalogues in the folder that MESSAGES names."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403

LOCALE_PATHS = [Path(os.environ["MESSAGES"])]

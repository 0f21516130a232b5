"""The settings, with catalogues in the folder that MESSAGES names."""

import os

from config.settings import *  # noqa: F403

LOCALE_PATHS = [os.environ["MESSAGES"]]

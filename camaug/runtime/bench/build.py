"""Fills an empty database: schema, profile, cast, and so many invented cases; run as a program of its own."""

import sys
from datetime import datetime

from camaug.runtime import instance
from camaug.runtime.console import step

SEED = 20_261
AT = "2026-11-25T15:00:00+07:00"  # the same rows whenever it is made
LEFT_OUT = "a month of cases"


def main(size: int) -> None:
    """Make it."""
    instance.configure()
    from django.conf import settings
    from django.core.management import call_command

    from camaug.cases.volume.loading import load_cases
    from camaug.runtime import loading
    from camaug.runtime.models import LoadedStep

    at = datetime.fromisoformat(AT)
    with step("Migrating the database"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    LoadedStep.objects.create(name=LEFT_OUT, loaded_at=at)
    loading.load(settings.PROFILE, again=False)
    load_cases(size, seed=SEED, profile=settings.PROFILE, at=at, step=step)


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Brings the profile's `messages.yaml` into the database; loading it again changes nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from camaug.notify.models import MessageTemplate
from camaug.notify.notices import declared
from camaug.notify.profile import read_profile


@transaction.atomic
def load_profile(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:  # noqa: ARG001
    """Make the texts of messages what the profile's folder says; TextsWrong, and nothing changed, where one is wrong.

    Messages that were sent keep their words. `progress` is called with (notices done, notices in all).
    """
    wanted = read_profile(profile, declared()).messages
    kept = []
    for done, texts in enumerate(wanted, start=1):
        for language, wording in texts.texts.items():
            row, _ = MessageTemplate.objects.update_or_create(
                notice=texts.notice, language=language, valid_from=texts.valid_from, defaults=wording.model_dump()
            )
            kept.append(row.pk)
        progress(done, len(wanted))
    MessageTemplate.objects.exclude(pk__in=kept).delete()

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.notify.events import TextChanged
from camaug.notify.faults import faults
from camaug.notify.models import TextVersion
from camaug.notify.notices import Notice
from camaug.notify.policy import WORD_TEXTS
from camaug.notify.texts import notice_called, plain, profile_texts, subject_of, texts_of
from camaug.notify.wording import Text

LANGUAGES = ("vi", "en")


class NothingChanged(DomainError):
    """A version that says what the one before says is none."""

    sentence = _("Nothing was changed: these words hold already.")


def reword(notice: str, texts: Mapping[str, Text], *, by: Actor, at: datetime, seen: int | None = None) -> TextVersion:
    """Give a notice other words in every language, from now on; messages that were sent keep theirs.

    `seen` is how many changes the form knew of. NotFound, NothingChanged, ChangedMeanwhile, or InvalidInput with a
    sentence by `language-field`.
    """
    WORD_TEXTS.check(by, None)
    known = notice_called(notice)
    if set(texts) != set(LANGUAGES):
        raise NotFound
    if wrong := wrong_fields(texts, known):
        raise InvalidInput(wrong)
    return _write(notice, texts, None, by=by, at=at, seen=seen)


def restore(notice: str, number: int, *, by: Actor, at: datetime, seen: int | None = None) -> TextVersion:
    """Let the words of an earlier version hold again, or (0) the profile's. NotFound, NothingChanged, ChangedMeanwhile.

    A version whose words the notice no longer takes is refused as a new one would be.
    """
    WORD_TEXTS.check(by, None)
    notice_called(notice)
    if number == 0:
        return _write(notice, None, 0, by=by, at=at, seen=seen)
    earlier = TextVersion.objects.filter(notice=notice, number=number).first()
    if earlier is None:
        raise NotFound
    if not earlier.texts:
        return _write(notice, None, number, by=by, at=at, seen=seen)
    return _write(notice, {k: Text(**words) for k, words in earlier.texts.items()}, number, by=by, at=at, seen=seen)


def wrong_fields(texts: Mapping[str, Text], notice: Notice) -> dict[str, str]:
    """The first fault of each field as a sentence, by `language-field`."""
    wrong: dict[str, str] = {}
    for language, words in plain(texts).items():
        for field, sentence in faults(words, notice):
            wrong.setdefault(f"{language}-{field}", f"{sentence[:1].upper()}{sentence[1:]}.")
    return wrong


@transaction.atomic
def _write(
    notice: str, texts: Mapping[str, Text] | None, restored: int | None, *, by: Actor, at: datetime, seen: int | None
) -> TextVersion:
    """One writer of a notice at a time; None: the profile's texts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notify.texts.{notice}"])
    check_seen(subject_of(notice), seen)
    before = plain(texts_of(notice, at=at))
    after = plain(profile_texts(notice, at=at) if texts is None else texts)
    latest = TextVersion.objects.filter(notice=notice).order_by("-number").first()
    if before == after and (texts is not None or latest is None or not latest.texts):
        raise NothingChanged
    version = TextVersion.objects.create(
        notice=notice,
        number=(latest.number if latest else 0) + 1,
        texts={} if texts is None else after,
        made_at=at,
        made_by_name=by.name,
    )
    fact = TextChanged(
        subject=subject_of(notice),
        notice=notice,
        number=version.number,
        before=before,
        after=after,
        restored=restored,
    )
    record(fact, by=by, at=at)
    return version

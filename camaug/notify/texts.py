"""Which texts of a notice hold: an administrator's version, else the profile's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.notify.models import MessageTemplate, TextVersion
from camaug.notify.notices import Notice, declared
from camaug.notify.wording import Text

type Texts = dict[str, Text]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a notice's texts; number 0 is the profile's. `own` False: it gave the profile its word back."""

    number: int
    texts: Texts
    own: bool
    made_at: datetime | None = None
    by: str = ""


def subject_of(notice: str) -> UUID:
    """The id under which events speak of a notice, which is known by its code alone."""
    return uuid5(NAMESPACE_OID, f"notify.notice.{notice}")


def notice_called(code: str) -> Notice:
    """The notice of that code; NotFound."""
    if code not in declared():
        raise NotFound
    return declared()[code]


def texts_of(notice: str, *, at: datetime) -> Texts:
    """The texts by language that hold at that instant; empty where the province has none."""
    latest = TextVersion.objects.filter(notice=notice, made_at__lte=at).order_by("-number").first()
    return read_texts(latest.texts) if latest and latest.texts else profile_texts(notice, at=at)


def profile_texts(notice: str, *, at: datetime) -> Texts:
    """The profile's texts by language that hold that day."""
    rows = MessageTemplate.objects.in_force(notice, on=at.astimezone(LOCAL).date())
    return {row.language: Text(row.title.strip(), row.body.strip(), row.sms.strip()) for row in reversed(rows)}


def versions(notice: str, *, at: datetime) -> tuple[Version, ...]:
    """All versions, the latest first, down to the profile's."""
    default = profile_texts(notice, at=at)
    rows = TextVersion.objects.filter(notice=notice).order_by("-number")
    made = (
        Version(row.number, read_texts(row.texts) or default, bool(row.texts), row.made_at, row.made_by_name)
        for row in rows
    )
    return (*made, Version(0, default, own=False))


def latest_versions() -> dict[str, Version]:
    """The latest version of each notice that ever had one; its texts are empty where the profile's hold."""
    rows = TextVersion.objects.order_by("notice", "-number").distinct("notice")
    return {
        row.notice: Version(row.number, read_texts(row.texts), bool(row.texts), row.made_at, row.made_by_name)
        for row in rows
    }


def plain(texts: Mapping[str, Text]) -> dict[str, dict[str, str]]:
    """Texts as versions and events keep them."""
    return {language: {"title": t.title, "body": t.body, "sms": t.sms} for language, t in texts.items()}


def read_texts(kept: Mapping[str, Mapping[str, str]]) -> Texts:
    """The opposite of `plain`."""
    return {language: Text(**words) for language, words in kept.items()}

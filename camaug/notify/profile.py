"""The shape of a profile's `messages.yaml`, and what is checked before a text may be sent to anybody."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from camaug.kernel.errors import DomainError
from camaug.notify.faults import faults
from camaug.notify.notices import Notice

type LanguageCode = Literal["vi", "en"]


class TextsWrong(DomainError):
    """Texts that cannot be filled, or that nothing would ever send."""

    sentence = _("The texts of messages cannot be used: {complaints}")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wording(_Part):
    """One notice in one language; `sms` has plain letters only."""

    title: str
    body: str
    sms: str


class Texts(_Part):
    """One notice's texts from a day on."""

    notice: str
    valid_from: date
    texts: dict[LanguageCode, Wording]


class MessagesProfile(_Part):
    """The whole file."""

    messages: tuple[Texts, ...]


def read_profile(folder: Path, notices: Mapping[str, Notice]) -> MessagesProfile:
    """Read and check `messages.yaml`; TextsWrong says all that is wrong at once."""
    found = MessagesProfile.model_validate(yaml.safe_load((folder / "messages.yaml").read_text(encoding="utf-8")))
    complaints = [complaint for texts in found.messages for complaint in _complaints(texts, notices)]
    if complaints:
        raise TextsWrong(complaints="; ".join(complaints))
    return found


def _complaints(texts: Texts, notices: Mapping[str, Notice]) -> Iterator[str]:
    if texts.notice not in notices:
        yield f"{texts.notice}: nothing sends this notice"
        return
    if "vi" not in texts.texts:
        yield f"{texts.notice}: there is no Vietnamese text"
    for language, wording in texts.texts.items():
        for _field, complaint in faults(wording.model_dump(), notices[texts.notice]):
            yield f"{texts.notice} ({language}): {complaint}"

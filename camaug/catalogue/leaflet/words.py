"""Single words and short sentences of the leaflet."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import OnlineLevel
from camaug.catalogue.definition.sourcing import Confidence
from camaug.ui import vietnamese

CHANNELS: dict[Channel, Promise] = {
    Channel.COUNTER: gettext_lazy("at the one-stop counter"),
    Channel.ONLINE: gettext_lazy("on a phone or computer"),
    Channel.POST: gettext_lazy("by post"),
}
ONLINE: dict[OnlineLevel, Promise] = {
    OnlineLevel.FULL: gettext_lazy("All of it online"),
    OnlineLevel.PARTIAL: gettext_lazy("Partly online"),
    OnlineLevel.NONE: gettext_lazy("No, come to the counter"),
}
CONFIDENCE: dict[Confidence, Promise] = {
    Confidence.HIGH: gettext_lazy("read in the legal text or the national record"),
    Confidence.MEDIUM: gettext_lazy("one other source"),
    Confidence.LOW: gettext_lazy("a weak source"),
}
_SHORT = (
    (r"\bNĐ (?=\d)", "Nghị định "),
    (r"\bTT (?=\d)", "Thông tư "),
    (r"\bNQ (?=\d)", "Nghị quyết "),
    (r"\bQĐ (?=\d)", "Quyết định "),
    (r"\bĐ(?=\d)", "Điều "),
)


def spelled(text: str) -> str:
    """Sources as people read them: "NĐ 23/2015/NĐ-CP Đ7" gives "Nghị định 23/2015/NĐ-CP Điều 7"."""
    for short, whole in _SHORT:
        text = re.sub(short, whole, text)
    return text


def dong(amount: int) -> str:
    """2.000 đồng"""
    return f"{vietnamese.grouped(amount)}\u00a0đồng"


def joined(words: list[str]) -> str:
    """ "a", "a or b", "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{some} or {last}").format(some=", ".join(words[:-1]), last=words[-1])


def joined_all(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def channel_words(channels: tuple[Channel, ...]) -> str:
    """The ways as one phrase, the phone first."""
    order = (Channel.ONLINE, Channel.COUNTER, Channel.POST)
    return joined([str(CHANNELS[channel]) for channel in order if channel in channels])

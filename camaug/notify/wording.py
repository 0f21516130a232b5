"""How a text is filled: amounts and times as the language writes them, and plain letters for an SMS."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from camaug.kernel.clock import LOCAL
from camaug.notify.notices import Said

SMS_LENGTH = 160
_GSM = frozenset(
    "@$_ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\n"
)  # letters that every alphabet of GSM 03.38 has in one place


@dataclass(frozen=True, slots=True)
class Filled:
    """The words of one message, ready to send."""

    title: str
    body: str
    sms: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its placeholders."""

    title: str
    body: str
    sms: str

    def filled(self, words: Mapping[str, Said], *, language: str) -> Filled:
        """The text with its words; KeyError where one is missing."""
        said = {name: say(value, language) for name, value in words.items()}
        plain = {name: plain_letters(value) for name, value in said.items()}
        return Filled(
            title=self.title.format_map(said),
            body=self.body.format_map(said).strip(),
            sms=self.sms.format_map(plain),
        )


def say(value: Said, language: str) -> str:
    """A value in words: 50000 is "50.000 đồng", an instant "17:00 ngày 25/11/2026" (English: "17:00 on 25/11/2026")."""
    if isinstance(value, datetime):
        local = value.astimezone(LOCAL)
        return f"{local:%H:%M} {'on' if language == 'en' else 'ngày'} {local:%d/%m/%Y}"
    if isinstance(value, int):
        return f"{value:,} VND" if language == "en" else f"{value:,} đồng".replace(",", ".")
    if isinstance(value, str):
        return value
    return value.get(language) or value.get("vi", "")


_STROKED = str.maketrans("đĐðÐ", "dDdD")


def plain_letters(text: str) -> str:
    """The text without accents, letter case kept: "Năm Căn, Đất Mũi" gives "Nam Can, Dat Mui"."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def strange_letters(text: str) -> str:
    """The letters that would make a telephone network count the SMS in half-length parts."""
    return "".join(sorted(set(text) - _GSM))


def placeholders(text: str) -> frozenset[str]:
    """The names in braces; ValueError where braces do not match or hold more than a name."""
    names = set()
    for _, name, pattern, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or pattern or conversion:
            raise ValueError(f"{{{name}}}")
        names.add(name)
    return frozenset(names)

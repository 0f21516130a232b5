"""Vietnamese text: normal form, accent-free folding for search, sort keys for names."""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = {letter: index for index, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # ngang 0, huyền, hỏi, ngã, sắc, nặng
_TONE = re.compile(f"[{''.join(_TONES)}]")
_TONE_AND_REST = re.compile(f"({_TONE.pattern})([^ ]*)")
_TWO_TONES = re.compile(f"{_TONE.pattern}[^ ]*{_TONE.pattern}")
_LETTER_MARKS = "\u0302\u0306\u031b"
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # those of Latin letters; each is combining


def clean(text: str) -> str:
    """NFC, trimmed, inner white space as single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _small(text: str) -> str:
    """Clean and lower case. The Icelandic letter Ð (U+00D0) looks as Đ (U+0110) does and is often typed for it."""
    return clean(text).lower().replace("ð", "đ")


def fold(text: str) -> str:
    """Lower case without any accent: 'Đặng Hoà' and 'dang hòa' both give 'dang hoa'."""
    decomposed = unicodedata.normalize("NFD", _small(text).replace("đ", "d"))
    plain = _MARKS.sub("", decomposed)
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))


def accented(text: str) -> str:
    """Lower case with accents but without tone placement: 'Hoà' and 'hòa' give the same string.

    Every syllable's tone mark moves to the syllable's end, so that old and new spelling compare equal.
    """
    decomposed = unicodedata.normalize("NFD", _small(text))
    if _TWO_TONES.search(decomposed):
        words = [_TONE.sub("", word) + "".join(_TONE.findall(word)) for word in decomposed.split(" ")]
        return unicodedata.normalize("NFC", " ".join(words))
    return unicodedata.normalize("NFC", _TONE_AND_REST.sub(r"\2\1", decomposed))


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A plain string that sorts, by code point, as a Vietnamese dictionary does (letters first, tones second)."""
    letters: list[str] = []
    tones: list[str] = []
    for word in _small(text).split(" "):
        tone = 0
        for char in word:
            base = [c for c in unicodedata.normalize("NFD", char) if c not in _TONES]
            tone = max([tone, *(_TONES[c] for c in unicodedata.normalize("NFD", char) if c in _TONES)])
            plain = unicodedata.normalize("NFC", "".join(base))
            letters.append(chr(0x40 + _ALPHABET[plain]) if plain in _ALPHABET else plain)
        letters.append(" ")
        tones.append(str(tone))
    return "".join(letters).rstrip() + "\x01" + "".join(tones)


def name_sort_key(full_name: str) -> str:
    """People sort by given name (the last word), then family name, then the middle names."""
    words = clean(full_name).split(" ")
    order = [words[-1], words[0], *words[1:-1]] if len(words) > 1 else words
    return "\x02".join(sort_key(word) for word in order)

"""The phrases by which a procedure is found, and what people type, in one comparable form."""

import re

from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.text import accented, fold

_NOT_WORDS = re.compile(r"[\W_]+")
_FILLERS_VI = "toi muon can xin lam cho o dau nhu the nao thu tuc ve"
_FILLERS_EN = "i want to a an the my how do for of"
FILLERS = frozenset(f"{_FILLERS_VI} {_FILLERS_EN}".split())
"""Words that say nothing of what is wanted, without accents."""


def folded_words(text: str) -> str:
    """The words without accents, case or punctuation."""
    return fold(_NOT_WORDS.sub(" ", text)).strip()


def accented_words(text: str) -> str:
    """The words with their accents, tone placement evened out, without case or punctuation."""
    return accented(_NOT_WORDS.sub(" ", text)).strip()


def telling_words(text: str) -> tuple[str, ...]:
    """The folded words that say something; all of them where each is a filler."""
    words = folded_words(text).split()
    return tuple(word for word in words if word not in FILLERS) or tuple(words)


def phrases_of(definition: Definition) -> tuple[str, ...]:
    """What people may call the procedure, the likeliest first."""
    code = definition.national_code.value or ""
    names = (definition.plain_name, definition.name, *definition.keywords)
    return tuple(text for text in (*names, definition.plain_name_en, definition.name_en, code, definition.code) if text)

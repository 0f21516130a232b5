"""In the names of which versions words stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from camaug.kernel.prepared import asked


@dataclass(frozen=True, slots=True)
class NamingWords:
    """The words of everything a version is called by, without accents and with them."""

    id: UUID
    folded: frozenset[str]
    accented: frozenset[str]


def named_with(words: Sequence[str]) -> tuple[NamingWords, ...]:
    """The versions, of whatever time, in whose names, keywords and codes one of the folded words stands whole."""
    known = sorted({word for word in words if word.isalnum()})
    if not known:
        return ()
    rows = asked(_NAMED, {"patterns": [f"% {word} %" for word in known]})
    return tuple(NamingWords(one, _words(folded), _words(accented)) for one, folded, accented in rows)


_NAMED = """SELECT id, folded, accented FROM catalogue_procedureversion
WHERE folded || ' ' LIKE ANY (%(patterns)s::text[]) ORDER BY id"""


def _words(phrases: str) -> frozenset[str]:
    return frozenset(phrases.split()) - {"|"}

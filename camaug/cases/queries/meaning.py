"""What words mean that an officer seeks cases by."""

from dataclasses import dataclass

from camaug.cases.models import Sought, cut
from camaug.catalogue.queries import named_with
from camaug.kernel.text import accented, fold


@dataclass(frozen=True, slots=True)
class Meant:
    """The words without accents and as they were spelled, each with the versions in whose names it stands so."""

    folded: tuple[Sought, ...]
    accented: tuple[Sought, ...]


def meant(text: str) -> Meant:
    """The words of a text."""
    plain = cut(fold(text))
    named = named_with(plain)
    return Meant(
        tuple(Sought(word, frozenset(one.id for one in named if word in one.folded)) for word in plain),
        tuple(Sought(word, frozenset(one.id for one in named if word in one.accented)) for word in cut(accented(text))),
    )

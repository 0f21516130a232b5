"""What was typed into a form: texts by name, of one name several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts by name, as a form sends them."""

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def get(self, name: str, usual: str = "") -> str:
        """The last text of that name."""
        texts = self.lists.get(name)
        return texts[-1] if texts else usual

    def getlist(self, name: str) -> Sequence[str]:
        """All texts of that name."""
        return self.lists.get(name, ())

    def has(self, name: str) -> bool:
        """Whether the form had it."""
        return name in self.lists

    @property
    def texts(self) -> dict[str, str]:
        """The last text of each name."""
        return {name: texts[-1] for name, texts in self.lists.items() if texts}

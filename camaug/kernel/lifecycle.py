"""A lifecycle is a table of moves; checks, buttons, diagrams and tests are derived from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError


class WrongState(DomainError):
    """The thing is in a state from which this move does not start."""

    sentence = _("This is not possible now: the state is “{state}”.")


@dataclass(frozen=True, slots=True)
class Move[S: StrEnum]:
    """One move: from any of `sources` to `target` (None: the state stays), needing permission `needs`."""

    name: str
    sources: frozenset[S]
    target: S | None
    needs: str


@dataclass(frozen=True, slots=True)
class Lifecycle[S: StrEnum]:
    """All states and moves of one kind of thing; `labels` gives the word shown for a state."""

    states: type[S]
    moves: tuple[Move[S], ...]
    labels: dict[S, object] = field(default_factory=dict)

    def move(self, name: str) -> Move[S]:
        """The move of that name; KeyError where there is none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def open_moves(self, state: S) -> Iterator[Move[S]]:
        """The moves that start from `state`, in table order."""
        return (move for move in self.moves if state in move.sources)

    def after(self, name: str, state: S) -> S:
        """The state after the move; WrongState if it does not start from `state`."""
        move = self.move(name)
        if state not in move.sources:
            raise WrongState(state=self.labels.get(state, state))
        return state if move.target is None else move.target

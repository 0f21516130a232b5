"""Whose own a case is among those who might process it."""

from collections.abc import Collection

from camaug.cases.models import Case
from camaug.cases.policy import is_own
from camaug.people.queries import PositionView, own_of


def own_to(case: Case, positions: Collection[PositionView]) -> tuple[PositionView, ...]:
    """Those of the positions whose officers may not process the case, because it is their own."""
    own = own_of({one.officer_id for one in positions})
    return tuple(one for one in positions if is_own(own.get(one.officer_id, frozenset()), case))

"""Who is reminded: those whose turn it is, stand-ins too, and the heads above them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from camaug.access.queries import accounts_of_officers
from camaug.cases.lateness.rules import Seat
from camaug.cases.models import Case
from camaug.people.queries import PositionView, holders


class Addressees:
    """The accounts behind roles and posts at one instant; each role in each unit is looked up once."""

    def __init__(self, *, at: datetime) -> None:
        self._at = at
        self._held: dict[tuple[str, UUID], tuple[tuple[PositionView, UUID], ...]] = {}

    def of_turn(self, case: Case) -> frozenset[UUID]:
        """Whose turn it is: the one it is assigned to and who stands in, else all who hold the role in the unit."""
        if case.holder_unit_id is None:
            return frozenset()
        held = self._holders(case.holder_role, case.holder_unit_id)
        own = [pair for pair in held if case.assignee_id in (None, pair[0].id)]
        return _accounts(own or held)

    def of_seats(self, case: Case, seats: Iterable[Seat]) -> frozenset[UUID]:
        """The holders of the first of the seats that is held by others than those whose turn it is."""
        turn = self.of_turn(case)
        for seat in seats:
            unit = _unit(case, seat)
            found = _accounts(self._holders(seat.role, unit)) - turn if unit else None
            if found:
                return found
        return frozenset()

    def _holders(self, role: str, unit_id: UUID) -> tuple[tuple[PositionView, UUID], ...]:
        if (role, unit_id) not in self._held:
            found = holders(role, unit_id, self._at)
            accounts = accounts_of_officers([view.officer_id for view in found])
            known = tuple((view, accounts[view.officer_id]) for view in found if view.officer_id in accounts)
            self._held[role, unit_id] = known
        return self._held[role, unit_id]


def _accounts(held: Iterable[tuple[PositionView, UUID]]) -> frozenset[UUID]:
    return frozenset(account for _view, account in held)


def _unit(case: Case, seat: Seat) -> UUID | None:
    units = {
        "HOLDER": case.holder_unit_id,
        "RECEIVING": case.receiving_agency_id,
        "COMPETENT": case.competent_agency_id,
    }
    return units[seat.unit]

"""The whole table of an order's states and moves, and of what each scan does in each state."""

import pytest

from camaug.kernel.lifecycle import WrongState
from camaug.postal.lifecycle import AGAIN, LABELS, LIFECYCLE, MOVED_BY, OPEN, TRACKED, OrderState, ScanStatus

TABLE = {
    "place": "WAITING FAILED > REGISTERED",
    "miss": "WAITING FAILED > FAILED",
    "give_up": "WAITING FAILED REGISTERED COLLECTING UNDER_WAY CANCELLING > GIVEN_UP",
    "drop": "WAITING > CANCELLED",
    "cancel": "WAITING FAILED REGISTERED COLLECTING > CANCELLING",
    "end_cancelled": "REGISTERED COLLECTING CANCELLING > CANCELLED",
    "keep": "CANCELLING > REGISTERED",
    "come_for": "REGISTERED > COLLECTING",
    "carry": "REGISTERED COLLECTING CANCELLING > UNDER_WAY",
    "bring": "REGISTERED COLLECTING UNDER_WAY CANCELLING > DELIVERED",
    "bring_back": "REGISTERED COLLECTING UNDER_WAY CANCELLING > RETURNED",
}
SCANS = {
    "ACCEPTED": "",
    "COLLECTING": "come_for",
    "COLLECTED": "carry",
    "IN_TRANSIT": "carry",
    "OUT_FOR_DELIVERY": "carry",
    "NOT_DELIVERED": "",
    "DELIVERED": "bring",
    "RETURNED": "bring_back",
    "CANCELLED": "end_cancelled",
    "OTHER": "",
}


@pytest.mark.parametrize("name", [move.name for move in LIFECYCLE.moves])
def test_a_move_starts_from_its_states_and_from_no_other(name: str) -> None:
    sources, _, target = TABLE[name].partition(" > ")
    for state in OrderState:
        if state in sources.split():
            assert LIFECYCLE.after(name, state) == target
        else:
            with pytest.raises(WrongState):
                LIFECYCLE.after(name, state)


def test_every_move_and_every_scan_stands_in_the_table() -> None:
    assert {move.name for move in LIFECYCLE.moves} == set(TABLE)
    assert {str(scan): MOVED_BY.get(scan, "") for scan in ScanStatus} == SCANS


def test_what_has_ended_moves_no_more() -> None:
    ended = set(OrderState) - OPEN
    assert ended == {*AGAIN, OrderState.DELIVERED}
    assert not [state for state in ended if list(LIFECYCLE.open_moves(state))]
    assert TRACKED < OPEN


def test_every_state_has_a_word() -> None:
    assert set(LABELS) == set(OrderState)

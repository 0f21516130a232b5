"""Every word that the rules and the database use stands in docs/glossary.md."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from camaug.cases.lifecycle import (
    LIFECYCLE,
    ConsultationState,
    DeliveryState,
    ItemState,
    PaperState,
    PaymentState,
    ResultState,
    State,
)
from camaug.kernel import events
from camaug.kernel.permissions import permissions
from camaug.postal.lifecycle import LIFECYCLE as POST
from camaug.postal.lifecycle import OrderKind, OrderState, ScanStatus
from camaug.queue.lifecycle import LIFECYCLE as QUEUE
from camaug.queue.lifecycle import AppointmentState, TicketState

GLOSSARY = (Path(settings.BASE_DIR) / "docs" / "glossary.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"`([\w.]+)`", GLOSSARY))


def test_every_model_is_explained() -> None:
    models = {m.__name__ for m in apps.get_models() if m.__module__.startswith("camaug.")}
    assert models - WORDS == set()


def test_every_state_and_move_is_explained() -> None:
    states = {
        str(s)
        for kind in (State, DeliveryState, PaperState, PaymentState, ConsultationState, ResultState, ItemState)
        for s in kind
    }
    queue = {str(state) for kind in (TicketState, AppointmentState) for state in kind}
    post = {str(state) for kind in (OrderKind, OrderState, ScanStatus) for state in kind}
    moves = {move.name for lifecycle in (LIFECYCLE, QUEUE, POST) for move in lifecycle.moves}
    assert (states | queue | post | moves) - WORDS == set()


def test_every_permission_is_explained() -> None:
    assert permissions().keys() - WORDS == set()


def test_every_event_is_explained() -> None:
    assert {kind.__name__ for kind in events.kinds().values() if kind.__module__.startswith("camaug.")} - WORDS == set()

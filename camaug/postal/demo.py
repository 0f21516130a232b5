"""The demonstration's parcels up to now: a post that plays gets every order when it was asked for, and tells of it.

From now on the worker speaks with the same post, which reads the same book.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from camaug.kernel.actors import SYSTEM
from camaug.postal.actions.place_due import place_due
from camaug.postal.actions.track_due import track_due
from camaug.postal.carriers.counterpart import CUSTOMER, SECRET, LocalPost
from camaug.postal.carriers.http_carrier import HttpCarrier
from camaug.postal.models import Order

_REFUSED = 11
"""Every so many-th order is one that the post does not take."""


def load_demo(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:  # noqa: ARG001
    """Play what happened to the orders until that instant; what was played is not played again."""
    now = [at]
    with LocalPost(plays=True, book=settings.POST_BOOK, now=lambda: now[0]) as post:
        to = HttpCarrier(post.address, CUSTOMER, SECRET)
        waiting = list(Order.objects.to_place(at=at).values_list("asked_at", flat=True))
        for number, now[0] in enumerate(sorted(waiting), start=1):
            post.failing = 422 if number % _REFUSED == 0 else 0
            place_due(by=SYSTEM, at=now[0], to=to)
            progress(number, len(waiting))
        while due := Order.objects.to_track(at=at).first():
            now[0] = due.track_at or at
            track_due(by=SYSTEM, at=now[0], to=to)

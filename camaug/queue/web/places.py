"""What addresses name: a hall by the agency's code, a door by its limits."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from camaug.access.actions.count_attempt import Limit
from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.queue.queries import HallView, hall

NUMBERS = Limit("queue-number", of_one=120, of_network=60, window=timedelta(minutes=10))
ARRIVALS = Limit("queue-arrival", of_one=200, of_network=60, window=timedelta(minutes=10))
BOOKINGS = Limit("queue-booking", of_one=6, of_network=60, window=timedelta(days=1))
FINDING = Limit("queue-finding", of_one=4, of_network=30, window=timedelta(hours=1))


def hall_called(request: Request, code: str) -> HallView:
    """The hall of the agency with that identity code; NotFound."""
    return hall(directory(request.at.date()).by_code(code).id, at=request.at)


def address_of(request: Request, name: str, code: str) -> str:
    """The whole address of a ticket's or an appointment's page, for its QR code."""
    path = reverse(name, args=[code])
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)

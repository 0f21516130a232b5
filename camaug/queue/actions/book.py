from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.codes import fresh_code
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.queue.codes import fresh_pin
from camaug.queue.events import AppointmentBooked
from camaug.queue.lifecycle import HELD, AppointmentState
from camaug.queue.models import Appointment, Hall, ServiceGroup
from camaug.queue.slots import LEAD, slots_of
from camaug.worktime.queries import calendar_of

MOST = 3  # appointments still to come of one telephone: a family's, not a trader's


class SlotTaken(DomainError):
    """Somebody else was quicker, or the time cannot be booked."""

    sentence = _("This time is no longer free. Choose another one.")


class TooManyAppointments(DomainError):
    """One telephone holds a few appointments at a time."""

    sentence = _("This telephone number has {count} appointments to come. Cancel one before you book another.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to book: `phone` in E.164."""

    letter: str
    slot_at: datetime
    name: str
    phone: str
    procedure: str = ""


@transaction.atomic
def book(agency_id: UUID, wish: Wish, *, by: Actor, at: datetime) -> Appointment:
    """Book a place in a half hour. SlotTaken, TooManyAppointments, NotFound."""
    hall = locked_hall(agency_id)
    coming = Appointment.objects.filter(phone=wish.phone, state=AppointmentState.BOOKED, slot_at__gt=at).count()
    if coming >= MOST:
        raise TooManyAppointments(count=coming)
    group = hall.groups.filter(letter=wish.letter, in_use=True).first()
    if group is None:
        raise NotFound
    appointment = Appointment.objects.create(
        hall=hall,
        group=group,
        code=fresh_code(),
        pin=free_pin(hall, wish.slot_at),
        day=wish.slot_at.astimezone(LOCAL).date(),
        slot_at=wish.slot_at,
        place=free_place(hall, group, wish.slot_at, at=at),
        procedure=wish.procedure,
        name=wish.name,
        phone=wish.phone,
        account_id=by.account_id,
        person_id=by.person_id,
        made_at=at,
    )
    record(AppointmentBooked(subject=appointment.id, hall=hall.pk, slot_at=wish.slot_at.isoformat()), by=by, at=at)
    return appointment


def locked_hall(agency_id: UUID) -> Hall:
    """The hall, so that its places are given out one after another; NotFound where nothing can be booked."""
    hall = Hall.objects.select_for_update().filter(pk=agency_id, books=True).first()
    if hall is None:
        raise NotFound
    return hall


def free_place(hall: Hall, group: ServiceGroup, slot_at: datetime, *, at: datetime) -> int:
    """The first free place of the half hour; SlotTaken where none is, or where it cannot be booked at all."""
    day = slot_at.astimezone(LOCAL).date()
    last = at.astimezone(LOCAL).date() + timedelta(days=hall.horizon)
    bookable = slot_at >= at + LEAD and day <= last and slot_at in slots_of(calendar_of(hall.pk, at=at), day)
    held = Appointment.objects.filter(group=group, slot_at=slot_at, state__in=HELD)
    taken = set(held.values_list("place", flat=True))
    place = next((place for place in range(1, group.places + 1) if place not in taken), None)
    if place is None or not bookable:
        raise SlotTaken
    return place


def free_pin(hall: Hall, slot_at: datetime) -> str:
    """Six digits that no other appointment of that day in that hall has."""
    day = slot_at.astimezone(LOCAL).date()
    taken = set(Appointment.objects.filter(hall=hall, day=day).values_list("pin", flat=True))
    pin = fresh_pin()
    while pin in taken:
        pin = fresh_pin()
    return pin

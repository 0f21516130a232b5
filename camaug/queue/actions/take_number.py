from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.codes import fresh_code
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.queue.events import TicketTaken
from camaug.queue.models import Appointment, Hall, PriorityGroup, ServiceGroup, Ticket
from camaug.queue.numbers import next_numbers
from camaug.queue.slots import is_open
from camaug.queue.turns import ORDINARY
from camaug.worktime.queries import calendar_of


class NoNumbersHere(DomainError):
    """The hall gives no numbers, or not for this."""

    sentence = _("No numbers are given here. Go to the counter.")


class HallClosed(DomainError):
    """Outside working hours nobody would call the number."""

    sentence = _("Numbers are given during working hours only.")


@transaction.atomic
def take_number(
    hall_id: UUID, *, letter: str, priority: str = "", procedure: str = "", by: Actor, at: datetime
) -> Ticket:
    """Give the next number of a group; `priority` is the code of a priority group, or "".

    NotFound where there is no such hall or group; NoNumbersHere, HallClosed.
    """
    group = open_group(hall_id, letter, at=at)
    return give_number(group, priority=priority, procedure=procedure, by=by, at=at)


def open_group(hall_id: UUID, letter: str, *, at: datetime) -> ServiceGroup:
    """The group, where numbers are given for it now."""
    group = ServiceGroup.objects.select_related("hall").filter(hall_id=hall_id, letter=letter).first()
    if group is None:
        raise NotFound
    if not (group.in_use and group.hall.open):
        raise NoNumbersHere
    if not is_open(calendar_of(hall_id, at=at), at):
        raise HallClosed
    return group


def give_number(
    group: ServiceGroup,
    *,
    appointment: Appointment | None = None,
    promised_at: datetime | None = None,
    priority: str = "",
    procedure: str = "",
    by: Actor,
    at: datetime,
) -> Ticket:
    """The inside of taking a number, also of checking in."""
    day = at.astimezone(LOCAL).date()
    arrival, number = next_numbers(group.hall_id, day, group.letter)
    ticket = Ticket.objects.create(
        hall_id=group.hall_id,
        group=group,
        day=day,
        letter=group.letter,
        number=number,
        arrival=arrival,
        code=fresh_code(),
        priority=priority,
        precedence=_precedence(priority, at),
        appointment=appointment,
        promised_at=promised_at,
        procedure=procedure,
        taken_at=at,
    )
    fact = TicketTaken(
        subject=ticket.id,
        hall=group.hall_id,
        number=ticket.label,
        priority=priority,
        appointment=appointment.id if appointment else None,
    )
    record(fact, by=by, at=at)
    return ticket


def _precedence(priority: str, at: datetime) -> int:
    if not priority:
        return ORDINARY
    day = at.astimezone(LOCAL).date()
    running = Q(valid_until=None) | Q(valid_until__gt=day)
    group = PriorityGroup.objects.filter(running, code=priority, valid_from__lte=day).first()
    if group is None:
        raise NotFound
    return group.rank


def hall_of(agency_id: UUID) -> Hall:
    """The hall of that agency; NotFound."""
    hall = Hall.objects.filter(pk=agency_id).first()
    if hall is None:
        raise NotFound
    return hall

from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Case, DateTimeField, F, IntegerField, Q, Value, When

from camaug.kernel.ids import uuid7
from camaug.queue.lifecycle import AT_COUNTER, AppointmentState, TicketState
from camaug.queue.turns import BY_RANK, BY_TIME, ORDINARY, TURNS, Turn


class PriorityGroup(models.Model):
    """Whom the law lets go first, from a day until another (exclusive); `rank` 1 to 99, the smaller the earlier."""

    code = models.CharField(primary_key=True, max_length=30)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=1, choices=[("H", "H"), ("M", "M"), ("L", "L")])
    verify = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rank__range=(1, ORDINARY - 1)), name="priority_goes_first")]


class Hall(models.Model):
    """The waiting hall of an agency. `open`: gives numbers; `books`: takes appointments, `horizon` days ahead."""

    agency = models.OneToOneField("people.Agency", models.PROTECT, primary_key=True, related_name="+")
    open = models.BooleanField(default=True)
    books = models.BooleanField(default=True)
    horizon = models.PositiveSmallIntegerField(default=14)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(horizon__range=(1, 90)), name="horizon_is_near")]


class ServiceGroup(models.Model):
    """What people come for, under one letter. `fields`: the fields of work that it holds; empty: whatever is left.

    `places`: appointments in each half hour (0: none can be booked). `usual_minutes`: how long one is served, until the
    day itself has shown it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="groups")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=list)
    places = models.PositiveSmallIntegerField(default=2)
    usual_minutes = models.PositiveSmallIntegerField(default=10)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint("hall", "letter", name="letter_is_of_one_group"),
            models.CheckConstraint(condition=Q(letter__regex="^[A-Z]$"), name="letter_is_a_letter"),
            models.CheckConstraint(condition=Q(usual_minutes__range=(1, 240)), name="serving_takes_minutes"),
        ]


class Counter(models.Model):
    """A counter; `letters` are the groups that it serves, "" all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)
    letters = models.CharField(max_length=26, blank=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("hall", "number", name="counter_has_its_number")]


class Shift(models.Model):
    """An officer at a counter, until `closed_at`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="shifts")
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    officer_name = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("counter", condition=Q(closed_at=None), name="one_officer_at_a_counter"),
            models.UniqueConstraint("account", condition=Q(closed_at=None), name="officer_at_one_counter"),
        ]


class Appointment(models.Model):
    """A place in a half hour. `pin`: six digits for the kiosk, good on that day in that hall; `code`: opens its page.

    Name, phone and account are erased some weeks after the day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="appointments")
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True)
    pin = models.CharField(max_length=6)
    day = models.DateField()
    slot_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    procedure = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=9, default=AppointmentState.BOOKED)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    account = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    person_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "group", "slot_at", "place", condition=Q(state__in=["BOOKED", "ARRIVED"]), name="place_is_booked_once"
            ),
            models.UniqueConstraint("hall", "day", "pin", name="pin_is_of_one_appointment"),
            models.CheckConstraint(condition=Q(state__in=list(AppointmentState)), name="appointment_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["slot_at"], condition=Q(state="BOOKED"), name="appointment_to_come"),
            models.Index(fields=["phone", "slot_at"], name="appointment_by_phone"),
            models.Index(fields=["account", "slot_at"], name="appointment_by_account"),
        ]


class Tickets(models.QuerySet["Ticket"]):
    """The words for tickets."""

    def of_day(self, hall_id: UUID, day: date) -> Self:
        """The tickets of one hall and day."""
        return self.filter(hall_id=hall_id, day=day)

    def waiting(self) -> Self:
        """Those who wait."""
        return self.filter(state=TicketState.WAITING)

    def for_counter(self, counter_id: UUID, letters: str) -> Self:
        """Those whom this counter may call: of its letters ("" all) unless passed on to another one."""
        own = Q(wanted=None) & (Q(letter__in=list(letters)) if letters else Q())
        return self.filter(own | Q(wanted=counter_id))

    def in_turn(self, *, at: datetime, counter: UUID | None = None) -> Self:
        """In the order in which they are called at that instant, by that counter."""
        lines = [When(fits(at, counter), then=Value(int(turn))) for turn, fits in TURNS]
        turn = Case(*lines, default=Value(int(Turn.ORDINARY)), output_field=IntegerField())
        time = Case(When(turn__in=BY_TIME, then=F("promised_at")), default=None, output_field=DateTimeField())
        rank = Case(When(turn__in=BY_RANK, then=F("precedence")), default=Value(0), output_field=IntegerField())
        return (
            self.annotate(turn=turn)
            .annotate(by_time=time, by_rank=rank)
            .order_by("turn", "by_time", "by_rank", "arrival")
        )


class Ticket(models.Model):
    """A number of the day in one hall. `arrival` counts through all letters; `code` opens its page.

    `promised_at`: the time of an appointment that was kept; `wanted`: the counter to which it was passed on.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="tickets")
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="+")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    arrival = models.PositiveIntegerField()
    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=8, default=TicketState.WAITING)
    priority = models.CharField(max_length=30, blank=True)
    precedence = models.PositiveSmallIntegerField(default=ORDINARY)
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="ticket")
    promised_at = models.DateTimeField(null=True)
    procedure = models.CharField(max_length=80, blank=True)
    wanted = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+")
    served_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    calls = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Tickets.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("hall", "day", "letter", "number", name="number_is_given_once"),
            models.UniqueConstraint("hall", "day", "arrival", name="arrivals_are_counted"),
            models.UniqueConstraint("counter", condition=Q(state__in=AT_COUNTER), name="counter_has_one_person"),
            models.CheckConstraint(condition=Q(state__in=list(TicketState)), name="ticket_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=AT_COUNTER) | Q(counter__isnull=False, called_at__isnull=False),
                name="called_says_where",
            ),
        ]
        indexes = [
            models.Index(fields=["hall", "day", "arrival"], condition=Q(state="WAITING"), name="ticket_waiting"),
            models.Index(fields=["hall", "day", "called_at"], name="ticket_by_call"),
        ]

    @property
    def label(self) -> str:
        """As it is called out: A012."""
        return f"{self.letter}{self.number:03d}"


class TicketSeries(models.Model):
    """The last number of a hall's day under a letter; under "" the last arrival."""

    pk = models.CompositePrimaryKey("hall_id", "day", "letter")
    hall_id = models.UUIDField()
    day = models.DateField()
    letter = models.CharField(max_length=1)
    last = models.PositiveIntegerField()

"""Answers about halls, tickets, counters and appointments."""

from camaug.queue.queries.appointments import AppointmentView, appointment, appointments_of
from camaug.queue.queries.boards import Board, board
from camaug.queue.queries.counters import Screen, screen
from camaug.queue.queries.halls import HallView, PriorityView, hall, halls, priorities
from camaug.queue.queries.offers import DayOffer, days, group_for
from camaug.queue.queries.outlook import Outlook, outlook
from camaug.queue.queries.tickets import TicketView, ticket
from camaug.queue.queries.today import Today, today

__all__ = [
    "AppointmentView",
    "Board",
    "DayOffer",
    "HallView",
    "Outlook",
    "PriorityView",
    "Screen",
    "TicketView",
    "Today",
    "appointment",
    "appointments_of",
    "board",
    "days",
    "group_for",
    "hall",
    "halls",
    "outlook",
    "priorities",
    "screen",
    "ticket",
    "today",
]

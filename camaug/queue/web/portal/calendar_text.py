"""An appointment as RFC 5545 has it."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from camaug.queue.lifecycle import AppointmentState
from camaug.queue.queries import AppointmentView

LONGEST = 74  # octets of a line, the rest is folded


def calendar_text(appointment: AppointmentView, address: str, *, at: datetime) -> str:
    """The calendar with its one event; a cancelled appointment cancels it. Lines end with CR LF."""
    cancelled = appointment.state == AppointmentState.CANCELLED
    place = ", ".join(part for part in (appointment.agency.name, appointment.agency.address) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CaMau-G//queue//VI",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{appointment.id}@camau-g",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(appointment.slot_at)}",
        f"DTEND:{_instant(appointment.until)}",
        f"SUMMARY:{_text(appointment.group)}",
        f"LOCATION:{_text(place)}",
        f"DESCRIPTION:{_text(_('Code for the kiosk: {pin}').format(pin=appointment.pin))}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in "\\,;":
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, the following ones after a blank; no letter is cut in two."""
    parts, part = [], ""
    for letter in line:
        if len(f"{part}{letter}".encode()) > LONGEST:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])

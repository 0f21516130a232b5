"""A position as maps and papers write it, as decimal degrees: “8.6512, 105.0417”."""

import re

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError

LATITUDES, LONGITUDES = (6.0, 24.0), (101.0, 118.0)
"""Viet Nam with its waters, in degrees north and east: what lies outside was mistyped."""
PLACES = 6
_DECIMAL = r"([0-9]{1,3}(?:[.,][0-9]{1,10})?)"
_PAIR = re.compile(rf"{_DECIMAL}°?\s*[BN]?\s*(?:[;/]|,\s|\s)\s*{_DECIMAL}°?\s*[ĐDE]?", re.IGNORECASE)
_POINTED = re.compile(r"([0-9]{1,3}\.[0-9]{1,10}),([0-9]{1,3}\.[0-9]{1,10})")
_ANGLE = r"([0-9]{1,3})\s*°\s*([0-9]{1,2})\s*['’′]\s*(?:([0-9]{1,2}(?:[.,][0-9]{1,6})?)\s*(?:\"|”|″|'')\s*)?"
_ANGLES = re.compile(rf"{_ANGLE}[BN]?[\s,;]*{_ANGLE}[ĐDE]?", re.IGNORECASE)


class NotAPosition(DomainError):
    """Not two numbers, or a place outside the country."""

    sentence = _("Write latitude and longitude as the map on a phone shows them, for example 8.6512, 105.0417.")


def parse_position(text: str) -> str:
    """Latitude and longitude in that order, however they were written. NotAPosition."""
    for one, other in _readings(text):
        for latitude, longitude in ((one, other), (other, one)):
            if LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]:
                return f"{_degrees(latitude)}, {_degrees(longitude)}"
    raise NotAPosition


def _readings(text: str) -> list[tuple[float, float]]:
    found = [(float(pair[1]), float(pair[2])) for pair in [_POINTED.fullmatch(text)] if pair]
    found += [(_number(pair[1]), _number(pair[2])) for pair in [_PAIR.fullmatch(text)] if pair]
    return found + [(_angle(*six.groups()[:3]), _angle(*six.groups()[3:])) for six in [_ANGLES.fullmatch(text)] if six]


def _angle(degrees: str, minutes: str, seconds: str | None) -> float:
    return int(degrees) + int(minutes) / 60 + _number(seconds or "0") / 3600


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _degrees(value: float) -> str:
    return f"{value:.{PLACES}f}".rstrip("0").rstrip(".")

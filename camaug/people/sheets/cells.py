"""How a cell becomes a value, with what Excel does to codes, telephone numbers and days. Each raises a DomainError."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.kernel.tables.reading import Cell
from camaug.kernel.text import clean, fold
from camaug.people.numbers import PersonalNumber, parse_phone

_EXCEL_BEGAN = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # days from 1954 to 2119
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]*)?")
_YEARS = range(1900, 2201)
_LONGEST_ADDRESS = 254
_YES = {"x", "co", "yes", "true", "1", "y"}
_NO = {"", "khong", "no", "false", "0", "n"}


class TooLong(DomainError):
    """More letters than the column holds."""

    sentence = _("At most {most} characters fit here.")


class ReadAsNumber(DomainError):
    """Excel took a code for a number and may have lost some of its figures."""

    sentence = _("Excel has turned this code into a number. Format the column as text and write the code again.")


class NotADay(DomainError):
    """No day that exists."""

    sentence = _("“{text}” is not a day. Write it as in 23/11/2026.")


class NotYesOrNo(DomainError):
    """Neither yes nor no."""

    sentence = _("Write “có” or “không” here.")


class NotAnAddress(DomainError):
    """Not an e-mail address."""

    sentence = _("“{email}” is not an e-mail address.")


def shown(cell: Cell) -> str:
    """The cell as people see it in their sheet."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def text(most: int) -> Callable[[Cell], str]:
    """A reader of text of at most `most` characters."""

    def read(cell: Cell) -> str:
        found = clean(shown(cell))
        if len(found) > most:
            raise TooLong(most=most)
        return found

    return read


def code(cell: Cell) -> str:
    """A code in capitals; what stands between its figures and letters by mistake goes."""
    if isinstance(cell, int | float):
        raise ReadAsNumber
    return re.sub(r"\s+", "", clean(shown(cell))).upper()


def email(cell: Cell) -> str:
    """An e-mail address in small letters."""
    found = re.sub(r"\s+", "", clean(shown(cell))).lower()
    if not found:
        return ""
    try:
        if len(found) > _LONGEST_ADDRESS:
            raise NotAnAddress(email=found[:80])
        validate_email(found)
    except ValidationError:
        raise NotAnAddress(email=found[:80]) from None
    return found


def phone(cell: Cell) -> str:
    """E.164; a number from which Excel took the leading nought is understood."""
    found = shown(cell).strip()
    return parse_phone(found) if found else ""


def personal_number(cell: Cell) -> str:
    """The 12 digits; not from a number, of which Excel has taken the leading nought."""
    if isinstance(cell, int | float):
        raise ReadAsNumber
    found = clean(shown(cell))
    return PersonalNumber.parse(found).digits if found else ""


def day(cell: Cell) -> date | None:
    """A real day, Excel's count of days, or text as in 23/11/2026."""
    found = clean(shown(cell))
    if not found:
        return None
    read = _read_day(cell, found)
    if read is None or read.year not in _YEARS:
        raise NotADay(text=found[:40])
    return read


def _read_day(cell: Cell, found: str) -> date | None:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and int(cell) in _SERIALS:
        return _EXCEL_BEGAN + timedelta(days=int(cell))
    try:
        if match := _DAY.fullmatch(found):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO_DAY.fullmatch(found):
            return datetime.strptime(match[0][:10], "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None
    return None


def yes_or_no(cell: Cell) -> bool:
    """Có, x, yes, 1; không, no, 0, nothing."""
    found = fold(shown(cell))
    if found in _YES:
        return True
    if found in _NO:
        return False
    raise NotYesOrNo


def several(cell: Cell) -> tuple[str, ...]:
    """Words divided by commas or semicolons."""
    return tuple(part for piece in re.split(r"[,;\n]", shown(cell)) if (part := clean(piece)))

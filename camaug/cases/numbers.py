"""Numbers that the law gives out: case codes by agency and day, result numbers by book and year.

Each is taken inside the transaction that uses it: the counter's row stays locked until then, so that a series has no
gap and no double whoever else is writing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from camaug.kernel.prepared import asked

_CODE = """INSERT INTO cases_codeseries AS series (agency_code, day, last)
    SELECT %(series)s::text, %(day)s::date, 1 {after}
    ON CONFLICT (agency_code, day) DO UPDATE SET last = series.last + 1 RETURNING last"""
_BOOK = """INSERT INTO cases_bookseries AS series (book, agency_id, year, last)
    SELECT %(book)s::text, %(agency)s::uuid, %(year)s::int, 1 {after}
    ON CONFLICT (book, agency_id, year) DO UPDATE SET last = series.last + 1 RETURNING last"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case's code, and with `book` the next number in that book of the agency's, taken with it.

    The series are locked in the order in which they would be one after the other.
    """

    agency_code: str
    day: date
    book: str = ""
    agency_id: UUID | None = None

    def parts(self, after: str = "") -> str:
        """What a statement takes them by, `code` and `book`, among its `WITH`; nothing where `after` gives no row."""
        number = _BOOK.format(after="FROM code") if self.book else "SELECT 0 AS last FROM code"
        return f"code AS ({_CODE.format(after=after)}), book AS ({number})"

    def values(self) -> dict[str, Any]:
        """What the parts are told."""
        told = {"series": self.agency_code, "day": self.day}
        return told | ({"book": self.book, "agency": self.agency_id, "year": self.day.year} if self.book else {})

    def code(self, serial: int) -> str:
        """`H12.09-261123-0042`: agency, day as YYMMDD, serial of at least four digits (TT 01/2018; QĐ 20/2020)."""
        return f"{self.agency_code}-{self.day:%y%m%d}-{serial:04d}"


def next_case_code(agency_code: str, day: date) -> str:
    """The code alone."""
    return taken(Wanted(agency_code, day))[0]


def taken(wanted: Wanted) -> tuple[str, int]:
    """The code, and the number in the book; 0 where none is wanted."""
    statement = f"WITH {wanted.parts()} SELECT code.last, book.last FROM code, book"  # noqa: S608 (our own words)
    ((serial, number),) = asked(statement, wanted.values())
    return wanted.code(serial), int(number)


def next_book_number(book: str, agency_id: UUID, year: int) -> int:
    """The next number in an agency's book of the year, from 1."""
    ((number,),) = asked(_BOOK.format(after=""), {"book": book, "agency": agency_id, "year": year})
    return int(number)

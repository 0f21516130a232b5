"""Numbers that the law gives out: case codes by agency and day, result numbers by book and year.

Each is taken inside the transaction that uses it: the counter's row stays locked until then, so that a series has no
gap and no double whoever else is writing.
"""

from datetime import date
from uuid import UUID

from camaug.kernel.prepared import asked


def next_case_code(agency_code: str, day: date) -> str:
    """`H12.09-261123-0042`: agency, day as YYMMDD, serial of at least four digits (TT 01/2018; QĐ 20/2020)."""
    serial = _take(
        """INSERT INTO cases_codeseries AS series (agency_code, day, last) VALUES (%s, %s, 1)
           ON CONFLICT (agency_code, day) DO UPDATE SET last = series.last + 1 RETURNING last""",
        [agency_code, day],
    )
    return f"{agency_code}-{day:%y%m%d}-{serial:04d}"


def next_book_number(book: str, agency_id: UUID, year: int) -> int:
    """The next number in an agency's book of the year, from 1."""
    return _take(
        """INSERT INTO cases_bookseries AS series (book, agency_id, year, last) VALUES (%s, %s, %s, 1)
           ON CONFLICT (book, agency_id, year) DO UPDATE SET last = series.last + 1 RETURNING last""",
        [book, agency_id, year],
    )


def _take(sql: str, values: list[str | int | date | UUID]) -> int:
    ((number,),) = asked(sql, values)
    return int(number)

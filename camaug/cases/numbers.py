"""Numbers that the law gives out: case codes by agency and day, result numbers by book and year.

Each is taken inside the transaction that uses it: the counter's row stays locked until then, so that a series has no
gap and no double whoever else is writing.
"""

from datetime import date
from uuid import UUID

from camaug.kernel.prepared import asked

_CODE = """INSERT INTO cases_codeseries AS series (agency_code, day, last) VALUES (%(code)s, %(day)s, 1)
    ON CONFLICT (agency_code, day) DO UPDATE SET last = series.last + 1 RETURNING last"""
_BOOK = """INSERT INTO cases_bookseries AS series (book, agency_id, year, last)
    SELECT %(book)s::text, %(agency)s::uuid, %(year)s::int, 1 {after}
    ON CONFLICT (book, agency_id, year) DO UPDATE SET last = series.last + 1 RETURNING last"""
_BOTH = f"""WITH code AS ({_CODE}), book AS ({_BOOK.format(after="FROM code")})
    SELECT code.last, book.last FROM code, book"""  # noqa: S608 (our own words)


def next_case_code(agency_code: str, day: date) -> str:
    """`H12.09-261123-0042`: agency, day as YYMMDD, serial of at least four digits (TT 01/2018; QĐ 20/2020)."""
    ((serial,),) = asked(_CODE, {"code": agency_code, "day": day})
    return _code(agency_code, day, serial)


def next_book_number(book: str, agency_id: UUID, year: int) -> int:
    """The next number in an agency's book of the year, from 1."""
    ((number,),) = asked(_BOOK.format(after=""), {"book": book, "agency": agency_id, "year": year})
    return int(number)


def next_code_and_number(agency_code: str, day: date, book: str, agency_id: UUID) -> tuple[str, int]:
    """Both in one statement; the series are locked in the order in which they would be one after the other."""
    told = {"code": agency_code, "day": day, "book": book, "agency": agency_id, "year": day.year}
    ((serial, number),) = asked(_BOTH, told)
    return _code(agency_code, day, serial), int(number)


def _code(agency_code: str, day: date, serial: int) -> str:
    return f"{agency_code}-{day:%y%m%d}-{serial:04d}"

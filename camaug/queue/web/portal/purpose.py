"""For which procedure somebody comes, where the address names one."""

from camaug.catalogue.queries import by_codes
from camaug.catalogue.queries.listing import Row, rows
from camaug.kernel.pages import Request


def purpose_of(request: Request, code: str) -> Row | None:
    """The procedure of that code as it holds today; None for "" and for one that is not there."""
    found = rows(by_codes([code[:80]], request.at.date())) if code else ()
    return found[0] if found else None

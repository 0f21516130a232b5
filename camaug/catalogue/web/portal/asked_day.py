"""The day for which a page is asked, `?on=2027-03-01`."""

from datetime import date

from camaug.kernel.pages import Request


def asked_day(request: Request) -> date | None:
    """The day in the address; None where there is none, or none that is a day."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None

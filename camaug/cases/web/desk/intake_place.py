"""At which counter the officer sits: the main agency where a post is a one-stop clerk's, unless another is chosen."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from camaug.cases.policy import AT_COUNTER, READ_REGISTER
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed
from camaug.kernel.pages import Request
from camaug.people.queries import AgencyView, directory


@dataclass(frozen=True, slots=True)
class Counter:
    """The agency whose counter it is, and all where the officer is a clerk. `query` carries the choice in addresses."""

    agency: AgencyView
    agencies: tuple[AgencyView, ...]

    @property
    def query(self) -> dict[str, str]:
        """Nothing where the agency is the officer's first."""
        return {} if self.agency == self.agencies[0] else {"agency": str(self.agency.id)}


def counter_of(request: Request) -> Counter:
    """The counter that `agency` in the address names, else the officer's first. NotAllowed for another's counter."""
    return _chosen(request, AT_COUNTER, _("Only one-stop officers of this agency take cases in at its counter."))


def book_of(request: Request) -> Counter:
    """The agency whose register it is: of those where the officer is a clerk or a head. NotAllowed for another's."""
    reason = _("Only one-stop officers and heads of this agency read its register.")
    return _chosen(request, READ_REGISTER.code, reason)


def till_of(request: Request) -> Counter:
    """The counter whose refunds they are: of those where the officer pays back. NotAllowed for another's."""
    return _chosen(request, "cases.pay_back", _("Money is paid back by the one-stop unit that received the case."))


def _chosen(request: Request, may: str, reason: str) -> Counter:
    known = directory(request.at.astimezone(LOCAL).date())
    units = dict.fromkeys(post.unit_id for post in request.actor.posts if post.is_granted(may))
    agencies = tuple(known.get(unit) for unit in units if unit in known)
    wanted = request.GET.get("agency", "")
    chosen = next((agency for agency in agencies if wanted in ("", str(agency.id))), None)
    if chosen is None:
        raise NotAllowed(reason=reason)
    return Counter(chosen, agencies)


def some_id(text: str) -> UUID | None:
    """The id that the text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None

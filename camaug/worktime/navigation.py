from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.kernel.clock import LOCAL
from camaug.people.queries import directory
from camaug.ui import administration, asides
from camaug.ui.asides import Aside
from camaug.worktime.queries import has_own_hours

administration.register(
    label=gettext_lazy("Calendar"),
    words=gettext_lazy("Holidays, swapped days, working hours of agencies; open deadlines follow."),
    url="worktime:calendar",
    order=50,
)


def hours_of_agency(agency_id: UUID, at: datetime) -> Iterator[Aside]:
    """Whether an agency keeps hours of its own, for the administrators' page, with the way to change them."""
    day = at.astimezone(LOCAL).date()
    own = has_own_hours(agency_id, on=day)
    agencies = directory(day)
    if agency_id in agencies:
        address = f"{reverse('worktime:hours')}?agency={agencies.get(agency_id).code}"
        yield Aside(_("Working hours"), _("its own") if own else _("as the whole province"), address)


asides.register("agency", hours_of_agency)

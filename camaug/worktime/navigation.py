from django.utils.translation import gettext_lazy as _

from camaug.ui import administration

administration.register(
    label=_("Calendar"),
    words=_("Holidays, swapped days, working hours of agencies; open deadlines follow."),
    url="worktime:calendar",
    order=50,
)

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted

CHANGE_CALENDAR = Permission[UUID | None](
    "worktime.change_calendar",
    _("Only an administrator may change working hours and days off."),
    granted("worktime.change_calendar"),
    _("Change working hours and days off"),
    (Reach.PROVINCE,),
)

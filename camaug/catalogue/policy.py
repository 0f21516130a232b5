"""Who may change what the province's procedures say."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted

EDIT = Permission[None](
    "catalogue.edit",
    _("Only an administrator may change what procedures say."),
    granted("catalogue.edit"),
    _("Draft what procedures say"),
    (Reach.PROVINCE,),
)
PUBLISH = Permission[None](
    "catalogue.publish",
    _("Only an administrator may schedule or withdraw a version of a procedure."),
    granted("catalogue.publish"),
    _("Schedule and withdraw versions of procedures"),
    (Reach.PROVINCE,),
)

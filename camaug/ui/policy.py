"""Who enters the administrators' area, and the operators'; what one may do there is each part's own."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted

ENTER = Permission[None](
    "ui.administer",
    _("Only administrators enter here."),
    granted("ui.administer"),
    _("Enter the administrators' area"),
    (Reach.PROVINCE,),
)
OPERATE = Permission[None](
    "ui.operate",
    _("Only operators enter here."),
    granted("ui.operate"),
    _("See how the installation runs"),
    (Reach.PROVINCE,),
)

"""Who may open accounts for others and activate them."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import ADMINISTRATOR, Reach
from camaug.kernel.permissions import Permission, granted

__all__ = ["ADMINISTER", "ADMINISTRATOR"]

ADMINISTER = Permission[None](
    "access.administer",
    _("Only an administrator may open and activate accounts."),
    granted("access.administer"),
    _("Open, activate and close accounts"),
    (Reach.PROVINCE,),
)

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted

ERASE = Permission[None](
    "audit.erase",
    _("Only an administrator takes personal text out of the sealed history."),
    granted("audit.erase"),
    _("Take personal text out of the sealed history on a lawful request"),
    (Reach.PROVINCE,),
)

"""Who may have other systems told again."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted

RESEND = Permission[None](
    "gateway.resend",
    _("Only an operator has the national portal told again."),
    granted("gateway.resend"),
    _("Have the national portal told again"),
    (Reach.PROVINCE,),
)
READ_CATALOGUE = Permission[None](
    "gateway.read_catalogue",
    _("Only an administrator has the national catalogue read."),
    granted("gateway.read_catalogue"),
    _("Have the national catalogue read and compared with ours"),
    (Reach.PROVINCE,),
)

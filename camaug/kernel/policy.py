from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted

TRY_AGAIN = Permission[None](
    "kernel.try_again",
    _("Only an operator has failed work tried again."),
    granted("kernel.try_again"),
    _("Have work tried again that failed"),
    (Reach.PROVINCE,),
)

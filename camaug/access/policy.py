"""Who may open accounts for others and activate them."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.grants import ADMINISTRATOR, Reach
from camaug.kernel.permissions import Permission, granted

__all__ = ["ADMINISTER", "ADMINISTRATOR", "HELP_AT_COUNTER"]

HELP_AT_COUNTER = Permission[None](
    "access.help_at_counter",
    _("Only the one-stop unit resets the second factors of a citizen who stands at its counter."),
    granted("access.help_at_counter"),
    _("Reset the second factors of a citizen at the counter"),
    (Reach.AGENCY,),
)
ADMINISTER = Permission[None](
    "access.administer",
    _("Only an administrator may open and activate accounts."),
    granted("access.administer"),
    _("Open, activate and close accounts"),
    (Reach.PROVINCE,),
)

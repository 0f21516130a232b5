from django.utils.translation import gettext_lazy as _

from camaug.ui.navigation import register

register("portal", label=_("Figures"), url="insight:province", order=60)

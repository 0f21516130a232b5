from django.utils.translation import gettext_lazy as _

from camaug.ui.navigation import register

register("portal", label=_("Procedures"), url="portal:procedures", order=10)
register("portal", label=_("Offices"), url="catalogue:agencies", order=30)

from django.utils.translation import gettext_lazy as _

from camaug.ui.navigation import register

register("portal", label=_("Sealed history"), url="audit:history", group="footer", order=700)

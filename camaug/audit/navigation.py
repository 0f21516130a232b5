from django.utils.translation import gettext_lazy as _

from camaug.ui import administration
from camaug.ui.navigation import register

register("portal", label=_("Sealed history"), url="audit:history", group="footer", order=700)
administration.register(
    label=_("Erasing on request"),
    words=_("Personal text taken out of the history when a person asks for it by law; proofs stay valid."),
    url="audit:erasure",
    order=86,
)

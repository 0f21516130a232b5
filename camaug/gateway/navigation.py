from django.utils.translation import gettext_lazy as _

from camaug.ui import administration

administration.register(
    label=_("National portal"),
    words=_("What the national portal was told, what it did not take, and how its catalogue differs from ours."),
    url="national:shipments",
    order=70,
    for_operators=True,
)

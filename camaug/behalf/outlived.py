"""What a helper asked for and the person never confirmed is kept for a time."""

from camaug.behalf.models import Mandate
from camaug.kernel.keeping import Kept

OUTLIVED = {
    "MANDATE_REQUESTS": Kept(
        "behalf.Mandate",
        since="lapses_at",
        rows=lambda ends: Mandate.objects.filter(confirmed_at__isnull=True, lapses_at__lt=ends),
    )
}

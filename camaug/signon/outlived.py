"""Who entered which system is kept for a time after the sign-on ended and its last token is gone."""

from camaug.kernel.keeping import Kept
from camaug.signon.models import SignOn

OUTLIVED = {
    "SIGN_ONS": Kept(
        "signon.SignOn",
        since="started_at",
        rows=lambda ends: SignOn.objects.filter(started_at__lt=ends, ended_at__lt=ends, authorizations__isnull=True),
    )
}

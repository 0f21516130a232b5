from datetime import datetime

from camaug.notify.channels.contract import Parcel
from camaug.notify.models import TrayMessage


class Tray:
    """The demonstration's channel: what would have been sent is put where everybody can read it."""

    def carry(self, parcel: Parcel, *, at: datetime) -> str:
        """Carrier.carry."""
        text = f"{parcel.text}\n\n{parcel.link}" if parcel.link else parcel.text
        TrayMessage.objects.get_or_create(
            id=parcel.key,
            defaults={"contact": parcel.to, "title": parcel.title, "text": text, "sent_at": at},
        )
        return "tray"

from datetime import datetime

from camaug.notify.channels.contract import Parcel


class InApp:
    """The person's own page: a message that is written down has arrived there."""

    def carry(self, parcel: Parcel, *, at: datetime) -> str:  # noqa: ARG002 (Carrier says the shape)
        """Carrier.carry."""
        return ""

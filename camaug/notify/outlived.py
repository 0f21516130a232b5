"""What people were told is kept for a time."""

from camaug.kernel.keeping import Kept
from camaug.notify.models import Message

OUTLIVED = {
    "MESSAGES": Kept(
        "notify.Message", since="created_at", rows=lambda ends: Message.objects.filter(created_at__lt=ends)
    )
}

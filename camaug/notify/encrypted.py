"""What of messages lies encrypted."""

from camaug.kernel.rotation import whole
from camaug.notify.models import WORDS, Message

ENCRYPTED = tuple(whole(Message, column) for column in WORDS)

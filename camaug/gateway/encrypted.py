"""What of the gateway lies encrypted."""

from camaug.gateway.models import KeptAnswer
from camaug.kernel.rotation import whole

ENCRYPTED = (whole(KeptAnswer, "body"),)

"""What of the gateway lies encrypted."""

from camaug.gateway.models import KeptAnswer, Shipment
from camaug.kernel.rotation import whole

ENCRYPTED = (whole(KeptAnswer, "body"), whole(Shipment, "data"))

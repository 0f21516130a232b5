"""What of the floor lies encrypted."""

from camaug.kernel.models import UploadPiece
from camaug.kernel.rotation import whole

ENCRYPTED = (whole(UploadPiece, "octets", batch=16),)  # a piece may have a megabyte

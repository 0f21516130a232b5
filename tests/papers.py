"""Pictures of papers, as telephones send them."""

from io import BytesIO

from PIL import Image


def photo(paper: str = "white") -> bytes:
    """A real picture, as a phone sends it, of paper of that colour."""
    content = BytesIO()
    Image.new("RGB", (640, 480), paper).save(content, "JPEG")
    return content.getvalue()

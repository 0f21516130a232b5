"""For programs that watch the tree: heads and tiles as C2SP's tlog-tiles serves them, and the checker's file."""

import re
from pathlib import Path

from django.core.files.storage import storages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from camaug.audit.checker import check_history
from camaug.audit.queries import published
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public

_NUMBER = re.compile(r"(x\d{3}/)*\d{3}(\.p/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?")
_HIGHEST = 5  # 256**6 leaves are more than there can be
_FOR_EVER = "public, max-age=31536000, immutable"


@public
def checkpoint(_request: Request, size: int | None = None) -> HttpResponseBase:
    """The newest head, or that of so many leaves, signed; before the first one the page that says so."""
    note = published(size)
    if note is None and size is None:
        return redirect("audit:history")
    if note is None:
        raise NotFound
    kept = "no-cache" if size is None else "public, max-age=60"
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": kept})


@public
def tile(_request: Request, level: int, number: str) -> HttpResponseBase:
    """Hashes of the tree; what the leaves say is shown to nobody but with a proof."""
    shelf, name = storages["history"], f"tile/{level}/{number}"
    if level > _HIGHEST or not _NUMBER.fullmatch(number) or not shelf.exists(name):
        raise NotFound
    return FileResponse(
        shelf.open(name, "rb"), content_type="application/octet-stream", headers={"Cache-Control": _FOR_EVER}
    )


@public
def checker(_request: Request) -> HttpResponse:
    """The program with which anybody checks a proof."""
    content = Path(check_history.__file__).read_bytes()
    return HttpResponse(
        content,
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="check_history.py"'},
    )

"""For programs that watch the tree: heads and tiles as C2SP's tlog-tiles serves them, and the checker's file."""

import re
from pathlib import Path

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from camaug.audit.checker import check_history
from camaug.audit.queries import published
from camaug.audit.shelf import WIDTH, Damaged, Shelf
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public

_TILE = re.compile(r"(?P<number>(x\d{3}/){0,3}\d{3})(\.p/(?P<width>[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?")
_HIGHEST = 5  # 256**6 leaves are more than there can be
_FOR_EVER = "public, max-age=31536000, immutable"


@public
def checkpoint(_request: Request, leaves: int | None = None) -> HttpResponseBase:
    """The newest head, or that of so many leaves, signed; before the first one the page that says so."""
    note = published(leaves)
    if note is None and leaves is None:
        return redirect("audit:history")
    if note is None:
        raise NotFound
    kept = "no-cache" if leaves is None else "public, max-age=60"
    return HttpResponse(note, content_type="text/plain; charset=utf-8", headers={"Cache-Control": kept})


@public
def tile(_request: Request, level: int, tile: str) -> HttpResponse:
    """Hashes of the tree, also of a tile that has grown since; what the leaves say is shown with a proof only."""
    named = _TILE.fullmatch(tile)
    if level > _HIGHEST or named is None:
        raise NotFound
    number = int(named["number"].replace("x", "").replace("/", ""))
    try:
        hashes = Shelf().hashes(level, number, int(named["width"] or WIDTH))
    except Damaged as missing:
        raise NotFound from missing
    return HttpResponse(b"".join(hashes), content_type="application/octet-stream", headers={"Cache-Control": _FOR_EVER})


@public
def checker(_request: Request) -> HttpResponse:
    """The program with which anybody checks a proof."""
    content = Path(check_history.__file__).read_bytes()
    return HttpResponse(
        content,
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="check_history.py"'},
    )

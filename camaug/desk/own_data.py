"""What is kept of somebody in office as one archive: `index.html` for reading, `data.json` for programs."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import get_language

from camaug.kernel.actors import Actor
from camaug.kernel.copying import copy_of


def entries(actor: Actor, *, at: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of the archive."""
    copied = copy_of(actor, at=at)
    shown = {"name": actor.name, "copied": copied, "at": at, "language": get_language()}
    yield "index.html", [render_to_string("desk/own_data_file.html", shown).encode()]
    said = {"made_at": at, "name": actor.name, **{one.name: one.as_json() for one in copied if one.lines}}
    yield "data.json", [json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()]

"""All that is kept of a citizen as one archive: `index.html` for reading, `data.json` for programs, the papers."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.access.queries import reach
from camaug.cases.queries.own_data import OwnCase, content_of, looks, own_cases_whole
from camaug.catalogue.forms.summary import summary
from camaug.catalogue.forms.wording import told
from camaug.kernel.actors import Actor
from camaug.kernel.copying import Copied, copy_of
from camaug.kernel.models import Blob
from camaug.people.queries import PersonView, person


def entries(actor: Actor, *, at: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of the archive, each made when it is asked for."""
    cases = list(own_cases_whole(actor, at=at))
    who = person(actor.person_id) if actor.person_id else None
    read, copied = list(looks(actor)), copy_of(actor, at=at)
    shown = {
        "who": who,
        "account": reach(actor.account_id) if actor.account_id else None,
        "cases": [_shown(one) for one in cases],
        "looks": [(look, told(look.procedure, "plain_name") if look.procedure else "") for look in read],
        "copied": copied,
        "at": at,
        "language": get_language(),
    }
    yield "index.html", [render_to_string("portal/own_data_file.html", shown).encode()]
    yield "data.json", [_json(actor, who, cases, read, copied, at)]
    for one in cases:
        for name, said, blob in one.papers:
            yield from _paper(name, said, blob)


def _paper(name: str, said: str, blob: Blob) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The paper; where it is not whole, what says so in its place, or behind what could be read of it."""
    content = content_of(blob)
    first = next(content, b"")
    given = len(first)

    def read() -> Iterator[bytes]:
        nonlocal given
        yield first
        for octets in content:
            given += len(octets)
            yield octets

    if first or not blob.size:
        yield name, read()
    if given < blob.size:
        sentence = _("“{name}” is kept, but could not be opened whole. Ask the office that handles the case.")
        yield f"{name}.khong-mo-duoc.txt", [sentence.format(name=said).encode()]


def _shown(one: OwnCase) -> dict[str, Any]:
    unreadable = one.told.get("unreadable", False)
    return {
        "case": one.case,
        "unreadable": unreadable,
        "procedure": told(one.made, "plain_name"),
        "progress": one.progress,
        "sections": () if unreadable else summary(one.made.form, one.case.answers, language=get_language() or "vi"),
        "papers": one.papers,
    }


def _json(
    actor: Actor,
    who: PersonView | None,
    cases: list[OwnCase],
    read: list[Any],
    copied: tuple[Copied, ...],
    at: datetime,
) -> bytes:
    reached = reach(actor.account_id) if actor.account_id else None
    said = {
        "made_at": at,
        "register": asdict(who) if who else None,
        "account": {"id": actor.account_id, **(asdict(reached) if reached else {})},
        "cases": [{**one.told, "papers_in_archive": [name for name, _said, _blob in one.papers]} for one in cases],
        "looks": [
            {"at": one.at, "agency": one.agency, "post": one.post, "why": one.why, "how": one.how, "case": one.code}
            for one in read
        ],
        **{one.name: one.as_json() for one in copied},
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()

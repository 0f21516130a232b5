"""All that is kept of a citizen in his cases, to be taken away."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from camaug.cases.lifecycle import State
from camaug.cases.models import Case, CaseFile
from camaug.cases.queries.as_json import EXPANSIONS, case_json
from camaug.cases.queries.follow import Progress, progress_of
from camaug.cases.queries.readings import ReadingView, readings_of
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.files.refusals import NotScannedYet, StoredFileInfected
from camaug.kernel.files.store import open_blob
from camaug.kernel.models import Blob

_INTERNAL = {"consultations", "happenings"}
_OF_THE_OFFICE = ("proposal", "moved_by_name", "assignee_id", "holder_role")
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case, or a draft (no `progress`), as its owner takes it away. `told` is all of it as JSON values (`unreadable`
    where its answers do not open); `papers` are the files in it, each with its name in the archive.
    """

    case: Case
    made: Definition
    progress: Progress | None
    told: dict[str, Any]
    papers: tuple[tuple[str, str, Blob], ...]


def own_cases_whole(actor: Actor, *, at: datetime) -> Iterator[OwnCase]:
    """The citizen's cases and drafts, the newest first, one at a time; an organisation's that he began himself."""
    his = Q(business__isnull=True) | Q(account_id=actor.account_id)
    for case in Case.objects.visible_to(actor).filter(his).order_by("-saved_at", "-id").iterator(chunk_size=50):
        draft = case.state == State.DRAFT
        progress = None if draft else progress_of(case.id, actor, at=at)
        try:
            told = _told(case, actor, progress)
        except NotDecrypted:
            told = {"code": case.code or "", "id": str(case.id), "unreadable": True}
        yield OwnCase(case, definition(case.version_id), progress, told, _papers(case))


def looks(actor: Actor) -> Iterator[ReadingView]:
    """Every look at the citizen's data, the latest first."""
    token = ""
    while True:
        page = readings_of(actor, token=token)
        yield from page.rows
        token = page.older
        if not token:
            return


def content_of(blob: Blob) -> Iterator[bytes]:
    """The bytes of a paper; none where the store has lost them, cannot open them or they hold a virus."""
    try:
        with open_blob(blob, unscanned=True) as kept:
            while octets := kept.read(_CHUNK):
                yield octets
    except (FileNotFoundError, StoredFileInfected, NotScannedYet, NotDecrypted):
        return


def _told(case: Case, actor: Actor, progress: Progress | None) -> dict[str, Any]:
    if progress is None:
        return {"draft": True, "id": str(case.id), "saved_at": case.saved_at.isoformat(), "answers": case.answers}
    told: dict[str, Any] = json.loads(
        case_json(case.code or "", actor, expand=[name for name in EXPANSIONS if name not in _INTERNAL]).octets
    )
    for name in _OF_THE_OFFICE:
        told.pop(name, None)
    told["happenings"] = [
        {"event": one.name, "at": one.at.isoformat(), "agency": one.agency, "words": one.words}
        for one in progress.timeline
    ]
    told["drafts"] = [
        {
            "name": one.name,
            "state": one.state,
            "facts": one.facts,
            "shown_at": one.shown_at.isoformat(),
            "answer": one.answer,
        }
        for one in case.drafts.order_by("shown_at")
    ]
    return told


def _papers(case: Case) -> tuple[tuple[str, str, Blob], ...]:
    """Name in the archive, name for the reader, bytes: what was given, what was issued, what was decided."""
    folder = case.code or f"nhap-{case.id}"
    given = (
        CaseFile.objects.filter(case=case, removed_at__isnull=True).select_related("blob").order_by("added_at", "id")
    )
    slips = case.slips.filter(blob__isnull=False, form__in=range(1, 6)).select_related("blob").order_by("issued_at")
    results = case.results.filter(blob__isnull=False).select_related("blob").order_by("published_at")
    rows = [
        *((one.file_name, one.blob) for one in given),
        *((f"mau-{one.form:02d}.pdf", one.blob) for one in slips),
        *((f"ket-qua-{one.number_text}.pdf", one.blob) for one in results),
    ]
    return tuple(
        (f"{folder}/{number:03d}-{name.replace('/', '-')}", name, blob)
        for number, (name, blob) in enumerate(rows, start=1)
        if blob
    )

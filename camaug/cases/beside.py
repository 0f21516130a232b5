"""What lies beside the events of a case: the words said with a move, what a slip or a result says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from camaug.cases.models import Note, Result, Slip
from camaug.kernel.beside import beside_events, erases_beside, read
from camaug.kernel.models import EventRecord

type Told = Mapping[UUID, dict[str, Any]]


@beside_events("note")
def notes(rows: Sequence[EventRecord]) -> Told:
    """The words as they were said."""
    return _by_event(
        rows, "note", lambda ids: {n.id: {"text": read(n, "text")} for n in Note.objects.filter(pk__in=ids)}
    )


@erases_beside("beside.note.text")
def erase_note(row: EventRecord) -> None:
    """The words are gone; that somebody said some stays."""
    Note.objects.filter(pk=row.facts["note"]).update(text="")


@beside_events("slip")
def slips(rows: Sequence[EventRecord]) -> Told:
    """What the form said when it was issued."""
    return _by_event(
        rows, "slip", lambda ids: {s.id: {"facts": read(s, "facts")} for s in Slip.objects.filter(pk__in=ids)}
    )


@beside_events("result")
def results(rows: Sequence[EventRecord]) -> Told:
    """What was decided, under which number, signed by whom."""
    return _by_event(rows, "result", lambda ids: {r.id: _said(r) for r in Result.objects.filter(pk__in=ids)})


def _said(result: Result) -> dict[str, Any]:
    return {"facts": read(result, "facts"), "number": result.number_text, "signer": result.signer_name}


def _by_event(rows: Sequence[EventRecord], fact: str, found: Callable[[Iterable[UUID]], Told]) -> Told:
    """What the events name by that fact; events of other parts name nothing of ours."""
    named = {row.id: UUID(row.facts[fact]) for row in rows if row.name.startswith("cases.") and row.facts.get(fact)}
    there = found(set(named.values())) if named else {}
    return {event_id: there[thing_id] for event_id, thing_id in named.items() if thing_id in there}

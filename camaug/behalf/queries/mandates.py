"""Mandates as people, helpers and officers read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from camaug.behalf.models import Mandate
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.text import fold
from camaug.people.queries import PersonView, directory, person

JOURNAL = "behalf.ActedForAnother"
MOST_SHOWN = 500


class Stage(StrEnum):
    """Where a mandate stands: asked for, holding, over by its day, ended before, never confirmed in time."""

    WAITING = "WAITING"
    HOLDS = "HOLDS"
    OVER = "OVER"
    ENDED = "ENDED"
    LAPSED = "LAPSED"


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate with the names of both. `person_id` is None, and `person` what the helper wrote, until it is confirmed.

    `witness` and `office` are of who confirmed it at a counter.
    """

    id: UUID
    stage: Stage
    person_id: UUID | None
    person: str
    helper_id: UUID
    helper: str
    helper_number: str
    relation: str
    procedures: tuple[str, ...]
    fields: tuple[str, ...]
    acts: tuple[str, ...]
    proposed_at: datetime
    until_at: datetime
    confirmed_at: datetime | None
    proof: str
    witness: str
    office: str
    ended_at: datetime | None
    ending: str

    def covers(self, procedure: str, field: str) -> bool:
        """Whether the procedure of that code, in that field, is within the mandate."""
        return procedure in self.procedures or field in self.fields


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal: what the helper did, when, in which case (a draft has no code yet)."""

    at: datetime
    what: str
    case_id: UUID
    procedure: str
    code: str
    fields: tuple[str, ...]


def given_by(actor: Actor, *, at: datetime) -> tuple[MandateView, ...]:
    """Mandates that the actor has given, and those that are asked of him, the newest first."""
    if actor.proven_id is None:
        return ()
    who = person(actor.proven_id)
    return tuple(view(one, at=at) for one in (*_asked_of(who, at), *_of_person(who.id)))


def given_by_person(personal_number: str, *, at: datetime) -> tuple[MandateView, ...]:
    """The same at a counter, of whoever has that number, known or not."""
    waiting = Mandate.objects.filter(named_number=personal_number).waiting(at=at).select_related("helper")
    given = Mandate.objects.filter(person__personal_number=personal_number).select_related("helper", "person")
    return tuple(view(one, at=at) for one in (*waiting.order_by("-proposed_at"), *given.order_by("-proposed_at")))


def held_by(actor: Actor, *, at: datetime) -> tuple[MandateView, ...]:
    """Mandates under which the actor helps or helped, or for which he has asked, the newest first."""
    held = Mandate.objects.filter(helper_id=actor.person_id).select_related("helper", "person")
    return tuple(view(one, at=at) for one in held.order_by("-proposed_at")[:MOST_SHOWN]) if actor.person_id else ()


def mandate_of(mandate_id: UUID, actor: Actor, *, at: datetime) -> MandateView:
    """A mandate that the actor has given, holds, asked for or is asked for; NotFound for everybody else."""
    found = Mandate.objects.filter(pk=mandate_id).select_related("helper", "person").first()
    if found is None or actor.person_id is None:
        raise NotFound
    if actor.person_id == found.helper_id or (actor.proven_id and actor.proven_id == found.person_id):
        return view(found, at=at)
    who = person(actor.proven_id) if actor.proven_id else None
    if who and any(one.pk == found.pk for one in _asked_of(who, at)):
        return view(found, at=at)
    raise NotFound


def mandate(mandate_id: UUID, *, at: datetime) -> MandateView:
    """The mandate, for those who may see what is done under it; NotFound."""
    found = Mandate.objects.filter(pk=mandate_id).select_related("helper", "person").first()
    if found is None:
        raise NotFound
    return view(found, at=at)


def usable(actor: Actor, act: str, *, at: datetime) -> tuple[MandateView, ...]:
    """The mandates that hold for the actor and let him do this."""
    ids = actor.mandates_for(act)
    if not ids:
        return ()
    rows = Mandate.objects.filter(pk__in=ids).holding(at=at).select_related("helper", "person")
    return tuple(view(one, at=at) for one in rows.order_by("person__sort_key", "id"))


def waiting_number(mandate_id: UUID, actor: Actor, *, at: datetime) -> tuple[str, str]:
    """Number and name that the helper wrote, of what he asked for and is not answered yet; NotFound."""
    own = Mandate.objects.filter(pk=mandate_id, helper_id=actor.person_id).waiting(at=at).first()
    if own is None or actor.person_id is None:
        raise NotFound
    return own.named_number, own.named_name


def helped_by(person_id: UUID) -> frozenset[UUID]:
    """Every mandate, past ones too, under which the person was the helper."""
    return frozenset(Mandate.objects.confirmed().filter(helper_id=person_id).values_list("pk", flat=True))


def helper_names(mandates: Collection[UUID]) -> dict[UUID | None, str]:
    """The names of those who help, by mandate."""
    rows = Mandate.objects.filter(pk__in=mandates).select_related("helper") if mandates else ()
    return {row.pk: row.helper.full_name for row in rows}


def journal(mandate_id: UUID) -> tuple[Line, ...]:
    """What was done under the mandate, the latest first."""
    rows = EventRecord.objects.filter(subject_id=mandate_id, name=JOURNAL).order_by("-at", "-id")[:MOST_SHOWN]
    return tuple(
        Line(
            at=row.at,
            what=row.facts["what"],
            case_id=UUID(row.facts["case"]),
            procedure=row.facts["procedure"],
            code=row.facts["code"],
            fields=tuple(row.facts["fields"]),
        )
        for row in rows
    )


def was_sent_under(mandate_id: UUID, case_id: UUID) -> bool:
    """Whether the helper sent the case; else he filled it in and the person sent it himself."""
    lines = EventRecord.objects.filter(subject_id=mandate_id, name=JOURNAL)
    return lines.filter(facts__what="submit", facts__case=str(case_id)).exists()


def view(row: Mandate, *, at: datetime) -> MandateView:
    """The row in words that pages know."""
    return MandateView(
        id=row.id,
        stage=_stage(row, at),
        person_id=row.person_id,
        person=row.person.full_name if row.person else row.named_name,
        helper_id=row.helper_id,
        helper=row.helper.full_name,
        helper_number=row.helper.personal_number or "",
        relation=row.relation,
        procedures=tuple(row.procedures),
        fields=tuple(row.fields),
        acts=tuple(row.acts),
        proposed_at=row.proposed_at,
        until_at=row.until_at,
        confirmed_at=row.confirmed_at,
        proof=row.proof,
        witness=row.confirmed_by_name,
        office=_office(row),
        ended_at=row.ended_at,
        ending=row.ending,
    )


def _stage(row: Mandate, at: datetime) -> Stage:
    if row.ended_at:
        return Stage.ENDED
    if row.confirmed_at is None:
        return Stage.WAITING if min(row.lapses_at, row.until_at) > at else Stage.LAPSED
    return Stage.HOLDS if row.until_at > at else Stage.OVER


def _office(row: Mandate) -> str:
    if row.confirmed_unit is None or row.confirmed_at is None:
        return ""
    agencies = directory(row.confirmed_at.astimezone(LOCAL).date())
    return agencies.get(row.confirmed_unit).name if row.confirmed_unit in agencies else ""


def _asked_of(who: PersonView, at: datetime) -> Iterable[Mandate]:
    waiting = Mandate.objects.filter(named_number=who.personal_number).waiting(at=at).select_related("helper")
    return [one for one in waiting.order_by("-proposed_at") if fold(one.named_name) == fold(who.full_name)]


def _of_person(person_id: UUID) -> Iterable[Mandate]:
    given = Mandate.objects.filter(person_id=person_id).select_related("helper", "person")
    return given.order_by("-proposed_at")[:MOST_SHOWN]

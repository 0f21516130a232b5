"""What administrators see of procedures: every version with its state, and the drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.faults import DraftFault, faults_in
from camaug.catalogue.drafting.places import Content
from camaug.catalogue.drafting.tidying import content_of
from camaug.catalogue.models import Procedure, ProcedureDraft, ProcedureVersion
from camaug.catalogue.phrases import folded_words
from camaug.catalogue.queries.versions import definition
from camaug.catalogue.surroundings import Surroundings
from camaug.kernel.errors import NotFound
from camaug.kernel.text import sort_key
from camaug.people.queries.words import agency_words, role_words
from camaug.worktime.queries import calendar_of


class State(StrEnum):
    """How a version stands to a day."""

    OVER = "over"
    NOW = "now"
    COMING = "coming"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list of a procedure."""

    id: UUID
    number: int
    valid_from: date
    valid_until: date | None
    state: State
    name: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as pages show it."""

    id: UUID
    procedure_id: UUID
    code: str
    content: Content
    revision: int
    copied_from: int
    changed_at: datetime
    changed_by: str

    @property
    def name(self) -> str:
        """What the procedure is called."""
        return str(self.content.get("plain_name") or self.content.get("name") or self.code)

    def faults(self, at: datetime) -> tuple[DraftFault, ...]:
        """What is missing or does not fit together."""
        return faults_in(self.content, surroundings(at))

    def choices(self, on: date) -> Choices:
        """What may be chosen."""
        return Choices(self.content, on=on)


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One procedure in the administrators' list; `now` the version in force, `coming` the next scheduled one."""

    code: str
    name: str
    field: str
    now: VersionRow | None
    coming: VersionRow | None
    draft: DraftView | None


@dataclass(frozen=True, slots=True)
class EditedProcedure:
    """One procedure with all its versions, the latest first, and its draft."""

    id: UUID
    code: str
    name: str
    versions: tuple[VersionRow, ...]
    draft: DraftView | None


def surroundings(at: datetime) -> Surroundings:
    """The levels and kinds of agencies and the roles that there are, and the working time, as of an instant."""
    kinds, levels = agency_words()
    return Surroundings(
        levels=frozenset(code for code, _name in levels),
        kinds=frozenset(code for code, _name in kinds),
        roles=frozenset(code for code, _name in role_words()),
        calendar=calendar_of(None, at=at),
    )


def draft_of(code: str) -> DraftView:
    """The open draft of a procedure; NotFound."""
    row = ProcedureDraft.objects.select_related("procedure").filter(procedure__code=code).first()
    if row is None:
        raise NotFound
    return _draft(row)


def edited(code: str, *, on: date) -> EditedProcedure:
    """One procedure; NotFound."""
    row = Procedure.objects.filter(code=code).first()
    if row is None:
        raise NotFound
    found = ProcedureVersion.objects.filter(procedure=row).order_by("-number").defer("folded", "accented")
    versions = tuple(_version(version, on) for version in found)
    draft = ProcedureDraft.objects.select_related("procedure").filter(procedure=row).first()
    view = _draft(draft) if draft else None
    name = versions[0].name if versions else (view.name if view else code)
    return EditedProcedure(row.id, code, name, versions, view)


def edited_procedures(*, on: date, words: str = "", field: str = "") -> tuple[ProcedureRow, ...]:
    """All procedures by name; `words` of a name or the code, accents may be left out."""
    versions: dict[UUID, list[ProcedureVersion]] = {}
    for version in ProcedureVersion.objects.order_by("number").select_related("field").defer("accented", "folded"):
        versions.setdefault(version.procedure_id, []).append(version)
    drafts = {draft.procedure_id: draft for draft in ProcedureDraft.objects.select_related("procedure")}
    wanted, found = folded_words(words), []
    for procedure in Procedure.objects.all():
        own = versions.get(procedure.id, [])
        row = _row(procedure, own, drafts.get(procedure.id), on)
        fits = not field or any(version.field_id == field for version in own)
        if fits and wanted in folded_words(f"{row.name} {row.code}"):
            found.append(row)
    return tuple(sorted(found, key=lambda row: (sort_key(row.name), row.code)))


def content_of_version(code: str, number: int) -> Content:
    """The content of a published version as plain values; NotFound."""
    row = ProcedureVersion.objects.filter(procedure__code=code, number=number).values_list("id", flat=True).first()
    if row is None:
        raise NotFound
    return content_of(definition(row))


def version_numbered(code: str, number: int, *, on: date) -> VersionRow:
    """One version; NotFound."""
    row = ProcedureVersion.objects.filter(procedure__code=code, number=number).first()
    if row is None:
        raise NotFound
    return _version(row, on)


def _row(
    procedure: Procedure, versions: Iterable[ProcedureVersion], draft: ProcedureDraft | None, on: date
) -> ProcedureRow:
    rows = [(_version(version, on), version) for version in versions]
    now = next((view for view, _v in rows if view.state == State.NOW), None)
    coming = next((view for view, _v in rows if view.state == State.COMING), None)
    view = _draft(draft) if draft else None
    last = rows[-1] if rows else None
    english = (get_language() or "").startswith("en")
    field = (last[1].field.name_en if english and last[1].field.name_en else last[1].field.name) if last else ""
    name = (now or coming or (last[0] if last else None)) or view
    return ProcedureRow(procedure.code, name.name if name else procedure.code, field, now, coming, view)


def _version(row: ProcedureVersion, on: date) -> VersionRow:
    if row.valid_until == row.valid_from:
        state = State.TAKEN_BACK
    elif row.valid_until is not None and row.valid_until <= on:
        state = State.OVER
    else:
        state = State.COMING if row.valid_from > on else State.NOW
    said: Mapping[str, Any] = row.definition
    return VersionRow(
        row.id, row.number, row.valid_from, row.valid_until, state, str(said.get("plain_name") or row.name)
    )


def _draft(row: ProcedureDraft) -> DraftView:
    return DraftView(
        id=row.id,
        procedure_id=row.procedure_id,
        code=row.procedure.code,
        content=row.content,
        revision=row.revision,
        copied_from=row.copied_from,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform

from camaug.catalogue.models import ProcedureVersion

_TEXTS = ("plain_name", "plain_name_en", "name_en", "summary", "summary_en")


@dataclass(frozen=True, slots=True)
class ProcedureHit:
    """A procedure in a list, as its version of the day in question has it."""

    version_id: UUID
    code: str
    national_code: str
    name: str
    name_en: str
    plain_name: str
    plain_name_en: str
    summary: str
    summary_en: str
    field: str
    field_name: str
    field_name_en: str
    level: str
    channels: tuple[str, ...]
    online_level: str


def hits(rows: QuerySet[ProcedureVersion]) -> tuple[ProcedureHit, ...]:
    """The rows as hits, in their order, in one query that leaves the long definitions where they are."""
    texts = {f"said_{name}": KeyTextTransform(name, "definition") for name in _TEXTS}
    columns: Iterable[dict[str, object]] = rows.annotate(
        procedure_code=F("procedure__code"), field_name=F("field__name"), field_name_en=F("field__name_en"), **texts
    ).values(
        "id",
        "procedure_code",
        "national_code",
        "name",
        "field_id",
        "field_name",
        "field_name_en",
        "level",
        "channels",
        "online_level",
        *texts,
    )
    return tuple(_hit(dict(row)) for row in columns)


def _hit(row: dict[str, object]) -> ProcedureHit:
    said = {name: str(row.pop(f"said_{name}") or "") for name in _TEXTS}
    channels = row.pop("channels")
    return ProcedureHit(
        version_id=row.pop("id"),  # type: ignore[arg-type]
        code=str(row.pop("procedure_code")),
        field=str(row.pop("field_id")),
        channels=tuple(channels) if isinstance(channels, list) else (),
        **said,
        **{name: str(value) for name, value in row.items()},
    )

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from camaug.catalogue.models import Field, LifeEvent, ProcedureVersion
from camaug.catalogue.queries.hits import ProcedureHit, hits


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of work with the number of its procedures."""

    code: str
    name: str
    name_en: str
    procedures: int


@dataclass(frozen=True, slots=True)
class LifeEventView:
    """An event of life with the number of its procedures."""

    code: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    procedures: int


def fields(on: date) -> tuple[FieldView, ...]:
    """The fields of work that have a procedure on that day, in the profile's order."""
    rows = ProcedureVersion.objects.listed(on).order_by().values_list("field").annotate(Count("id"))
    found = dict(rows)
    return tuple(
        FieldView(field.code, field.name, field.name_en, found[field.code])
        for field in Field.objects.filter(code__in=found).order_by("order")
    )


def life_events(on: date) -> tuple[LifeEventView, ...]:
    """The events of life that have a procedure on that day, in the profile's order."""
    rows = ProcedureVersion.objects.listed(on).values_list("life_events", flat=True)
    found = Counter(code for codes in rows for code in codes)
    return tuple(
        LifeEventView(event.code, event.name, event.name_en, event.summary, event.summary_en, found[event.code])
        for event in LifeEvent.objects.filter(code__in=found).order_by("order")
    )


def by_field(field: str, on: date) -> tuple[ProcedureHit, ...]:
    """The procedures of a field of work, by name."""
    return hits(ProcedureVersion.objects.listed(on).filter(field=field).order_by("sort_key", "id"))


def by_life_event(event: str, on: date) -> tuple[ProcedureHit, ...]:
    """The procedures of an event of life, by name."""
    return hits(ProcedureVersion.objects.listed(on).filter(life_events__contains=[event]).order_by("sort_key", "id"))


def by_agency(kind: str, level: str, on: date) -> tuple[ProcedureHit, ...]:
    """The procedures that agencies of that kind and level receive or decide, by name."""
    receives = Q(receiving__overlap=[f"{kind}@{level}", f"{kind}@"])
    decides = Q(definition__competence__competent__in=[f"CHILD:{kind}", f"NEAREST:{kind}"])
    return hits(ProcedureVersion.objects.listed(on).filter(receives | decides).order_by("sort_key", "id"))


def browse(
    on: date, *, field: str = "", level: str = "", channel: str = "", limit: int = 50
) -> tuple[ProcedureHit, ...]:
    """The procedures in force on that day, by name; only those of the field, level and channel where one is named."""
    rows = ProcedureVersion.objects.listed(on).order_by("sort_key", "id")
    if field:
        rows = rows.filter(field=field)
    if level:
        rows = rows.filter(level=level)
    if channel:
        rows = rows.filter(channels__contains=[channel])
    return hits(rows[:limit])


def by_codes(codes: Sequence[str], on: date) -> tuple[ProcedureHit, ...]:
    """The procedures of those codes in force on that day, in the order of the codes."""
    found = {hit.code: hit for hit in hits(ProcedureVersion.objects.listed(on).filter(procedure__code__in=codes))}
    return tuple(found[code] for code in codes if code in found)


def page(
    on: date, *, field: str = "", level: str = "", channel: str = "", life_event: str = "", after: str, limit: int
) -> tuple[ProcedureHit, ...]:
    """Procedures in force on that day whose code comes after that one, by code; narrowed where something is named."""
    rows = ProcedureVersion.objects.listed(on).filter(procedure__code__gt=after).order_by("procedure__code")
    if field:
        rows = rows.filter(field=field)
    if level:
        rows = rows.filter(level=level)
    if channel:
        rows = rows.filter(channels__contains=[channel])
    if life_event:
        rows = rows.filter(life_events__contains=[life_event])
    return hits(rows[:limit])

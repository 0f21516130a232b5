from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.models import ProcedureVersion
from camaug.kernel.errors import NotFound
from camaug.kernel.prepared import asked


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version; `valid_until` is exclusive, None while no later version is known."""

    id: UUID
    procedure_id: UUID
    code: str
    number: int
    valid_from: date
    valid_until: date | None

    @property
    def definition(self) -> Definition:
        """The version's content."""
        return definition(self.id)


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """A version in force by its codes and its name; `national_code` is "" where it has none."""

    code: str
    national_code: str
    name: str


def in_force(on: date) -> tuple[NamedVersion, ...]:
    """Every version that holds on that day."""
    rows = ProcedureVersion.objects.in_force(on).order_by("procedure__code")
    return tuple(NamedVersion(*row) for row in rows.values_list("procedure__code", "national_code", "name"))


@lru_cache(maxsize=512)
def definition(version_id: UUID) -> Definition:
    """The content of a version; NotFound. Parsed once a process, since a version never changes."""
    content = ProcedureVersion.objects.filter(pk=version_id).values_list("definition", flat=True).first()
    if content is None:
        raise NotFound
    return Definition.model_validate(content)


def asking_what_is_sensitive() -> list[UUID]:
    """The versions in whose form an answer is sensitive personal data, past and present."""
    every = ProcedureVersion.objects.values_list("pk", flat=True)
    return [version_id for version_id in every if definition(version_id).form.sensitive()]


_VERSIONS = """SELECT v.id, v.procedure_id, p.code, v.number, v.valid_from, v.valid_until
FROM catalogue_procedureversion v JOIN catalogue_procedure p ON p.id = v.procedure_id"""
_IN_FORCE = f"""{_VERSIONS}
WHERE p.code = %(code)s AND v.valid_from <= %(on)s::date AND (v.valid_until IS NULL OR v.valid_until > %(on)s::date)"""
"""`Versions.in_force` without the content, which is parsed once a process."""
_FIRST = "ORDER BY v.id LIMIT 1"
CURRENT = f"{_IN_FORCE} AND NOT v.part_only {_FIRST}"
"""What `current` asks by `code` and `on`, for who asks more in the same statement: the columns of a `VersionView`."""


def current(code: str, on: date) -> VersionView:
    """The version of a procedure in force on that day, which can be applied for by itself; NotFound."""
    return _only(CURRENT, code, on)


def current_part(code: str, on: date) -> VersionView:
    """The version of a procedure in force on that day, also one that is only a part of others; NotFound."""
    return _only(f"{_IN_FORCE} {_FIRST}", code, on)


def _only(statement: str, code: str, on: date) -> VersionView:
    for row in asked(statement, {"code": code, "on": on}):
        return VersionView(*row)
    raise NotFound


def version(version_id: UUID) -> VersionView:
    """One version, of whatever time; NotFound."""
    for row in asked(f"{_VERSIONS} WHERE v.id = %(id)s", {"id": version_id}):
        return VersionView(*row)
    raise NotFound


def versions(code: str) -> tuple[VersionView, ...]:
    """All versions of a procedure, future ones too, in order of time; those taken back are left out."""
    rows = ProcedureVersion.objects.kept().filter(procedure__code=code).select_related("procedure").order_by("number")
    return tuple(_view(row) for row in rows)


def _view(row: ProcedureVersion) -> VersionView:
    return VersionView(
        id=row.id,
        procedure_id=row.procedure_id,
        code=row.procedure.code,
        number=row.number,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )

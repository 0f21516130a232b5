"""What the catalogue's operations answer with."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, WithJsonSchema

from camaug.catalogue.definition.fees import FeeRule
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import OnlineLevel
from camaug.catalogue.queries import ProcedureHit, VersionView
from camaug.kernel.rest import Answer

HOUR = {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}:[0-9]{2}$", "description": "By the clocks of Vietnam"}
"""An hour of the day: `format: time` would promise an offset from UTC beside it (RFC 3339)."""
Hour = Annotated[time, WithJsonSchema(HOUR)]


class Group(Answer):
    """A field of work or an event of life with the number of its procedures."""

    code: str
    name: str
    name_en: str
    procedures: int


class Office(Answer):
    """An agency that receives applications."""

    id: UUID
    code: str
    name: str
    address: str
    phone: str
    hours: str


class ProcedureLine(Answer):
    """A procedure in a list. `online`: an application can be sent from afar."""

    code: str
    national_code: str
    name: str
    name_en: str
    plain_name: str
    plain_name_en: str
    summary: str
    summary_en: str
    field: str
    level: str
    channels: tuple[Channel, ...]
    online: bool


class PaperAnswer(Answer):
    """A paper of the dossier; `when_text` says for whom, in words."""

    id: str
    name: str
    name_en: str
    hint: str
    form: str
    submission: str
    originals: int
    copies: int
    optional: bool
    when_text: str
    replaced_by: str
    declaration: bool
    verify: bool


class Fee(Answer):
    """A fee; `calculation` is its rule in đồng, whose sum is null where no text at hand says it."""

    id: str
    name: str
    name_en: str
    kind: str
    due: str
    calculation: Mapping[str, Any]
    channels: tuple[Channel, ...]
    waivers: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    note: str
    verify: bool


class Limit(Answer):
    """A time limit, counted from reception; `amount` is null where no text at hand says it."""

    amount: int | None
    unit: str
    channels: tuple[Channel, ...]
    cutoff: Hour | None
    note: str
    verify: bool


class Step(Answer):
    """A step of the sequence as citizens are told it."""

    title: str
    text: str


class ResultAnswer(Answer):
    """What the applicant gets."""

    id: str
    name: str
    name_en: str


class Basis(Answer):
    """A legal text."""

    document: str
    title: str
    articles: str


class Procedure(Answer):
    """One version of a procedure; `versions` are the days from which each version holds."""

    code: str
    version: int
    valid_from: date
    valid_until: date | None
    versions: tuple[date, ...]
    national_code: str | None
    name: str
    name_en: str
    plain_name: str
    plain_name_en: str
    summary: str
    summary_en: str
    field: str
    life_events: tuple[str, ...]
    level: str
    channels: tuple[Channel, ...]
    online_level: OnlineLevel
    online_level_reason: str
    applicants: tuple[str, ...]
    who_may_apply: str
    conditions: tuple[str, ...]
    before_you_start: tuple[str, ...]
    sequence: tuple[Step, ...]
    papers: tuple[PaperAnswer, ...]
    sets: int
    limits: tuple[Limit, ...]
    fees: tuple[Fee, ...]
    fee_note: str
    results: tuple[ResultAnswer, ...]
    basis: tuple[Basis, ...]
    steps: tuple[str, ...] = Field(description="The ids of the steps of the usual way, in order")


def line_of(hit: ProcedureHit) -> ProcedureLine:
    """A hit as a line."""
    online = Channel.ONLINE in hit.channels and hit.online_level != OnlineLevel.NONE
    told = {name: getattr(hit, name) for name in ProcedureLine.model_fields if name != "online"}
    return ProcedureLine(**told, online=online)


def procedure_of(version: VersionView, every: tuple[VersionView, ...]) -> Procedure:
    """A version as it is told."""
    made = version.definition
    parts = {
        "version": made.version,
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
        "versions": tuple(one.valid_from for one in every),
        "national_code": made.national_code.value,
        "level": made.competence.level,
        "fees": tuple(_fee(rule) for rule in made.fees),
        "steps": tuple(step.id for step in made.process.path()),
    }
    same = {name: getattr(made, name) for name in Procedure.model_fields if name not in parts}
    return Procedure.model_validate({**same, **parts})


def _fee(rule: FeeRule) -> Fee:
    told = {name: getattr(rule, name) for name in Fee.model_fields if name not in ("calculation", "waivers")}
    waivers = tuple(waiver.name for waiver in rule.waivers)
    return Fee(**told, calculation=rule.calculation.model_dump(mode="json"), waivers=waivers)

"""Checks over definitions that no single part can make of itself, and the account of what is sourced."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from camaug.catalogue.definition.conditions import Condition, fields_of
from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.definition.fees import Fixed, PerUnit
from camaug.catalogue.definition.limits import TimeLimit
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import StepKind
from camaug.catalogue.definition.sourcing import Part, Sourced
from camaug.catalogue.profile_files import ProfileInvalid, read_definition, read_vocabulary
from camaug.worktime.limits import WORKING_DAY, Unit

_ADDRESS_PARTS = ("province", "district", "commune", "detail", "text")
_HOURS_A_DAY = WORKING_DAY // timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit together: where, and what."""

    place: str
    reason: str


def faults_of(definition: Definition) -> tuple[Fault, ...]:
    """Everything in the definition that contradicts something else in it."""
    return (*_form_faults(definition), *_process_faults(definition), *_limit_faults(definition))


def report(profile: Path) -> dict[str, Any]:
    """What `camaug catalogue check` prints: facts by confidence, the share verified, and the errors, by procedure."""
    counts: Counter[str] = Counter()
    procedures: dict[str, Any] = {}
    errors: list[dict[str, str]] = []
    vocabulary = read_vocabulary(profile)
    for path in sorted((profile / "procedures").glob("*.yaml")):
        try:
            definition = read_definition(path, vocabulary)
        except ProfileInvalid as slip:
            errors.append({key: str(value) for key, value in slip.facts.items()})
            continue
        own = count_facts(definition)
        counts += own
        procedures[definition.code] = {**_account(own), "to_verify_at": list(to_verify(definition))}
        errors += [{"file": path.name, "place": f.place, "reason": f.reason} for f in faults_of(definition)]
    return {**_account(counts), "procedures": procedures, "errors": errors}


def count_facts(definition: Definition) -> Counter[str]:
    """Sourced facts by confidence (H, M, L), or VERIFY where no text at hand confirms them."""
    return Counter("VERIFY" if fact.verify else str(fact.confidence) for _place, fact in _facts(definition, ""))


def to_verify(definition: Definition) -> Iterator[str]:
    """The places of the facts that still need a text."""
    return (place for place, fact in _facts(definition, "") if fact.verify)


def _account(counts: Counter[str]) -> dict[str, Any]:
    facts = counts.total()
    verified = facts - counts["VERIFY"]
    return {
        "facts": facts,
        "verified": verified,
        "share_verified": round(verified / facts, 4) if facts else None,
        "by_confidence": {key: counts[key] for key in ("H", "M", "L")},
        "to_verify": counts["VERIFY"],
    }


def _facts(value: Any, place: str) -> Iterator[tuple[str, Sourced]]:
    if isinstance(value, Sourced):
        yield place or "procedure", value
    if isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _facts(getattr(value, name), f"{place} > {name}" if place else name)
    elif isinstance(value, tuple):
        for n, item in enumerate(value, start=1):
            item_name = getattr(item, "id", "") or getattr(item, "document", "") or n
            yield from _facts(item, f"{place} > {item_name}")


def _form_faults(definition: Definition) -> Iterator[Fault]:
    known = set(_paths(definition.form.fields(), ""))
    for place, condition in _conditions(definition):
        for field in fields_of(condition):
            if field not in known:
                yield Fault(place, f"asks of “{field}”, which the form does not have")
    for rule in definition.fees:
        calculation = rule.calculation
        if isinstance(calculation, Fixed):
            continue
        counted = [calculation.of] if isinstance(calculation, PerUnit) else [calculation.of, calculation.times]
        for number in counted:
            if number is not None and number not in known:
                yield Fault(f"fees > {rule.id}", f"counts “{number}”, which the form does not have")


def _conditions(definition: Definition) -> Iterator[tuple[str, Condition]]:
    found: list[tuple[str, Condition | None]] = []
    for paper in definition.papers:
        found += [(f"papers > {paper.id}", paper.when), (f"papers > {paper.id}", paper.replaced_when)]
    for rule in definition.fees:
        found.append((f"fees > {rule.id}", rule.when))
        found += [(f"fees > {rule.id} > {waiver.id}", waiver.when) for waiver in rule.waivers]
    for page in definition.form.pages():
        found.append((f"form > {page.id}", page.when))
        for field in page.fields:
            found.append((f"form > {page.id} > {field.id}", field.when))
            found += [(f"form > {page.id} > {field.id}", check.when) for check in field.checks]
    return ((place, condition) for place, condition in found if condition is not None)


def _paths(fields: tuple[FormField, ...], above: str) -> Iterator[str]:
    for field in fields:
        path = f"{above}{field.id}"
        yield path
        yield from (f"{path}.{part}" for part in field.parts)
        if field.type == FieldType.ADDRESS:
            yield from (f"{path}.{part}" for part in _ADDRESS_PARTS)


def _process_faults(definition: Definition) -> Iterator[Fault]:
    steps = definition.process.steps
    for step in steps:
        if step.kind == StepKind.RETURN and step.next:
            yield Fault(f"process > {step.id}", "something follows after the result is handed out")
        if step.kind != StepKind.RETURN and not step.next:
            yield Fault(f"process > {step.id}", "nothing follows, and the result is not handed out")
        if step.kind != StepKind.APPROVE:
            continue
        for before in steps:
            same = (before.agency, before.role) == (step.agency, step.role)
            if before.kind in (StepKind.EXAMINE, StepKind.REVIEW) and same:
                yield Fault(f"process > {step.id}", f"approves in the same role as “{before.id}” proposes")


def _limit_faults(definition: Definition) -> Iterator[Fault]:
    hours = sum((step.hours for step in definition.process.path()), Decimal())
    for channel in definition.channels:
        if not any(channel in (limit.channels or definition.channels) for limit in definition.limits):
            yield Fault("limits", f"none for {channel}")
    for limit in definition.limits:
        allowed = _working_hours(limit)
        if allowed is not None and hours > allowed:
            yield Fault("process", f"takes {hours} working hours, the time limit allows {allowed}")


def _working_hours(limit: TimeLimit) -> Decimal | None:
    """The working hours that fit into the limit; a week has five working days, a month twenty."""
    if limit.amount is None:
        return None
    days = {
        Unit.WORKING_DAYS: Decimal(max(limit.amount, 1)),
        Unit.CALENDAR_DAYS: Decimal(limit.amount) * 5 / 7,
        Unit.MONTHS: Decimal(limit.amount * 20),
        Unit.WORKING_HOURS: Decimal(limit.amount) / _HOURS_A_DAY,
    }[limit.unit]
    return days * _HOURS_A_DAY

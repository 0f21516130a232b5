"""What in a definition contradicts something else in it, or in the profile: checks that no part can make of itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from camaug.catalogue import ways
from camaug.catalogue.definition.conditions import Condition, fields_of
from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import StepKind, kind_in
from camaug.catalogue.definition.slips import Slip, slip
from camaug.catalogue.rehearsing import slips_of
from camaug.catalogue.surroundings import Surroundings

_ADDRESS_PARTS = ("province", "district", "commune", "detail", "text")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit together: where, and what."""

    place: str
    slip: Slip

    @property
    def reason(self) -> str:
        """What, as files and commands say it."""
        return self.slip.english


def faults_of(definition: Definition, known: Surroundings) -> tuple[Fault, ...]:
    """Everything that does not fit together."""
    return (
        *_name_faults(definition, known),
        *_form_faults(definition),
        *_process_faults(definition),
        *_part_faults(definition),
        *_limit_faults(definition),
        *_scenario_faults(definition, known),
    )


def _name_faults(definition: Definition, known: Surroundings) -> Iterator[Fault]:
    competence, steps = definition.competence, definition.process.steps
    consulted = [asked for step in steps for asked in step.consultations]
    words = [step.agency for step in steps] + [asked.agency for asked in consulted]
    words += [part.receiving for part in definition.parts]
    used = [
        ("unknown_level", {competence.level, *(sort.level for sort in competence.receiving)} - {""}, known.levels),
        ("unknown_kind", {sort.kind for sort in competence.receiving}, known.kinds),
        ("unknown_kind", {competence.nearest_kind, *competence.child_kinds} - {""}, known.kinds),
        ("unknown_kind", {kind_in(word) for word in words} - {""}, known.kinds),
        ("unknown_role", {step.role for step in steps} | {asked.role for asked in consulted} - {""}, known.roles),
    ]
    for what, codes, there in used:
        for code in sorted(codes - there):
            yield Fault("competence or process", slip(what, name=code))


def _form_faults(definition: Definition) -> Iterator[Fault]:
    known = set(_paths(definition.form.fields(), ""))
    for place, condition in _conditions(definition):
        for field in fields_of(condition):
            if field not in known:
                yield Fault(place, slip("asks_unknown", name=field))
    yield from _copy_faults(definition, known)
    yield from _wording_faults(definition, known)
    for rule in definition.fees:
        for number in rule.calculation.counted():
            if number not in known:
                yield Fault(f"fees > {rule.id}", slip("counts_unknown", name=number))


def _copy_faults(definition: Definition, known: set[str]) -> Iterator[Fault]:
    for field in definition.form.fields():
        for name in field.copied.parts.values() if field.copied else ():
            if name not in known:
                yield Fault(f"form > {field.id}", slip("copies_unknown", name=name))


def _wording_faults(definition: Definition, known: set[str]) -> Iterator[Fault]:
    for result in definition.results:
        for name in result.wording.fields() if result.wording else ():
            if name not in known:
                yield Fault(f"results > {result.id}", slip("says_unknown", name=name))


def _conditions(definition: Definition) -> Iterator[tuple[str, Condition]]:
    found: list[tuple[str, Condition | None]] = []
    for paper in definition.papers:
        found += [(f"papers > {paper.id}", paper.when), (f"papers > {paper.id}", paper.replaced_when)]
    for rule in definition.fees:
        found += [(f"fees > {rule.id} > {part}".removesuffix(" > "), when) for part, when in rule.conditions()]
    found += [(f"limits > {limit.when_text}", limit.when) for limit in definition.limits]
    for page in definition.form.pages():
        found.append((f"form > {page.id}", page.when))
        for field in page.fields:
            found.append((f"form > {page.id} > {field.id}", field.when))
            found.append((f"form > {page.id} > {field.id}", field.copied.when if field.copied else None))
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
    process = definition.process
    for step in process.steps:
        if step.kind == StepKind.RETURN and step.next:
            yield Fault(f"process > {step.id}", slip("follows_the_end"))
        if step.kind != StepKind.RETURN and not step.next:
            yield Fault(f"process > {step.id}", slip("ends_early"))
    through = ways.ways_through(process)
    found = [
        *ways.dead_ends(process),
        *ways.own_approvals(definition, through),
        *ways.overlong_ways(definition, through),
    ]
    found += ways.closed_ways(definition, through)
    for step_id, wrong in found:
        yield Fault(f"process > {step_id}" if step_id else "process", wrong)


def _part_faults(definition: Definition) -> Iterator[Fault]:
    """Parts and the step in which they are under way go together; each waits only for parts named before it."""
    links = any(step.kind == StepKind.LINK for step in definition.process.steps)
    if links != bool(definition.parts):
        yield Fault("parts", slip("link_alone"))
    asked, before = set(_paths(definition.form.fields(), "")), set[str]()
    for part in definition.parts:
        for unknown in sorted(set(part.after) - before):
            yield Fault(f"parts > {part.id}", slip("waits_for_unknown", name=unknown))
        for field in sorted(set(part.answers.values()) - asked):
            yield Fault(f"parts > {part.id}", slip("takes_unknown", name=field))
        before.add(part.id)


def unknown_parts(definitions: Iterable[Definition]) -> Iterator[tuple[str, Fault]]:
    """The parts whose procedure is not there, with the code of the procedure that names them."""
    listed = tuple(definitions)
    known = {definition.code for definition in listed}
    for definition in listed:
        for part in definition.parts:
            if part.procedure not in known:
                yield definition.code, Fault(f"parts > {part.id}", slip("no_procedure", name=part.procedure))


def _scenario_faults(definition: Definition, known: Surroundings) -> Iterator[Fault]:
    """A version that promises nothing of itself cannot be tried before it is published."""
    if not definition.scenarios:
        yield Fault("scenarios", slip("no_scenario"))
    for scenario_id, wrong in slips_of(definition, known.calendar):
        yield Fault(f"scenarios > {scenario_id}", wrong)


def _limit_faults(definition: Definition) -> Iterator[Fault]:
    general = [limit for limit in definition.limits if limit.when is None]
    for channel in definition.channels:
        if not any(channel in (limit.channels or definition.channels) for limit in general):
            yield Fault("limits", slip("no_limit", name=channel))

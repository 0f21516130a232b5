"""The account of what is sourced and what still needs a text, for `camaug catalogue check`."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.sourcing import Part, Sourced
from camaug.catalogue.faults import faults_of
from camaug.catalogue.guide import guide_faults
from camaug.catalogue.profile_files import ProfileInvalid, read_definition, read_guide, read_vocabulary
from camaug.catalogue.surroundings import surroundings_of


def report(profile: Path) -> dict[str, Any]:
    """What `camaug catalogue check` prints: facts by confidence, the share verified, and the errors, by procedure."""
    counts: Counter[str] = Counter()
    procedures: dict[str, Any] = {}
    errors: list[dict[str, str]] = []
    vocabulary, known = read_vocabulary(profile), surroundings_of(profile)
    needed = set[str]()
    for path in sorted((profile / "procedures").glob("*.yaml")):
        try:
            definition = read_definition(path, vocabulary)
        except ProfileInvalid as slip:
            errors.append({key: str(value) for key, value in slip.facts.items()})
            continue
        needed |= {definition.code} if definition.life_events and not definition.part_only else set()
        own = count_facts(definition)
        counts += own
        procedures[definition.code] = {**_account(own), "to_verify_at": list(to_verify(definition))}
        errors += [{"file": path.name, "place": f.place, "reason": f.reason} for f in faults_of(definition, known)]
    errors += _guide_slips(profile, needed)
    return {**_account(counts), "procedures": procedures, "errors": errors}


def _guide_slips(profile: Path, needed: set[str]) -> list[dict[str, str]]:
    known = {path.stem for path in (profile / "procedures").glob("*.yaml")}
    try:
        found = list(guide_faults(read_guide(profile), known, needed))
    except ProfileInvalid as slip:
        return [{key: str(value) for key, value in slip.facts.items()}]
    return [{"file": "guide.yaml", "place": place, "reason": reason} for place, reason in found]


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

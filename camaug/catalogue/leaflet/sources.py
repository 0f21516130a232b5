"""Where each fact was read, and how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.sourcing import Sourced
from camaug.catalogue.forms.wording import told
from camaug.catalogue.leaflet.words import CONFIDENCE, spelled


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One or more facts that stand on one source; `verify`: no text at hand confirms them yet."""

    facts: tuple[str, ...]
    source: str
    confidence: str
    verify: bool


def source_lines(definition: Definition) -> tuple[SourceLine, ...]:
    """The sources in the order in which the page tells the facts; facts of one source stand together."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for name, fact in _facts(definition):
        sure = str(CONFIDENCE[fact.confidence]) if fact.confidence else ""
        found.setdefault((spelled(fact.source), sure, fact.verify), []).append(name)
    return tuple(
        SourceLine(tuple(dict.fromkeys(facts)), source, sure, verify) for (source, sure, verify), facts in found.items()
    )


def _facts(definition: Definition) -> Iterator[tuple[str, Sourced]]:
    yield _("Code of the procedure"), definition.national_code
    yield _("Who receives and decides"), definition.competence
    yield from ((told(paper, "name"), paper) for paper in definition.papers)
    yield from ((_("Time limit"), limit) for limit in definition.limits)
    for rule in definition.fees:
        yield told(rule, "name"), rule
        yield from ((_("Exemption: {who}").format(who=told(waiver, "name")), waiver) for waiver in rule.waivers)
    yield from ((told(result, "name"), result) for result in definition.results)
    yield _("Form"), definition.form
    yield _("Steps inside the office"), definition.process
    yield from ((basis.document, basis) for basis in definition.basis)

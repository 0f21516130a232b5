import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.events import VersionPublished
from camaug.catalogue.faults import Fault, faults_of
from camaug.catalogue.models import Procedure, ProcedureVersion
from camaug.catalogue.phrases import accented_words, folded_words, phrases_of
from camaug.catalogue.surroundings import Surroundings
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.text import sort_key


class VersionIsFixed(DomainError):
    """A published version keeps its content; a change needs the next number."""

    sentence = _(
        "Version {number} of “{code}” is published and cannot change. Give the changed text the number {next} "
        "and the day from which it holds."
    )


class VersionOutOfOrder(DomainError):
    """Versions follow each other in number and in time."""

    sentence = _(
        "Version {number} of “{code}” must come after version {last}: a higher number, and in force after {valid_from}."
    )


class DefinitionFaulty(DomainError):
    """What does not hold together, or is not what its own scenarios say, is not published; `faults` are all."""

    sentence = _("“{code}” cannot be published. {place}: {reason}.")

    def __init__(self, code: str, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(code=code, place=faults[0].place, reason=faults[0].reason)


@transaction.atomic
def publish_version(definition: Definition, *, known: Surroundings, by: Actor, at: datetime) -> ProcedureVersion:
    """Publish a version, past, present or future; the version before it ends where this one begins.

    It has to fit into what is `known`, and its scenarios are run: DefinitionFaulty. A version that is there already
    with the same content is returned as it is; VersionIsFixed where the content differs, VersionOutOfOrder where a
    later version is there.
    """
    procedure, _new = Procedure.objects.get_or_create(code=definition.code)
    versions = {v.number: v for v in procedure.versions.select_for_update().order_by("number")}
    kept = [v for v in versions.values() if v.valid_until != v.valid_from]
    digest, last = digest_of(definition), max(kept, key=lambda v: v.number, default=None)
    if found := versions.get(definition.version):
        if found.digest != digest:
            raise VersionIsFixed(code=definition.code, number=found.number, next=max(versions) + 1)
        return _classed(found, definition)
    if last and (definition.version < last.number or definition.valid_from <= last.valid_from):
        day = last.valid_from.strftime("%d/%m/%Y")
        raise VersionOutOfOrder(code=definition.code, number=definition.version, last=last.number, valid_from=day)
    if faults := faults_of(definition, known):
        raise DefinitionFaulty(definition.code, faults)
    closes = _close(last, definition)
    version = ProcedureVersion.objects.create(procedure=procedure, digest=digest, closes=closes, **_columns(definition))
    published = VersionPublished(
        subject=procedure.id,
        code=definition.code,
        number=version.number,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        digest=digest,
        closes=closes,
    )
    record(published, by=by, at=at)
    return version


def digest_of(definition: Definition) -> str:
    """SHA-256 over what the definition says; parts left at their defaults do not count, nor do its scenarios
    or the classes of its answers: how data is kept is no matter of the procedure.
    """
    content = _unclassed(
        definition.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"scenarios"})
    )
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _unclassed(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _unclassed(value) for name, value in content.items() if name != "sensitive"}
    return [_unclassed(one) for one in content] if isinstance(content, list) else content


def _classed(version: ProcedureVersion, definition: Definition) -> ProcedureVersion:
    """The version that is there, with the classes of data that the definition gives its answers now."""
    if Definition.model_validate(version.definition).form.sensitive() != definition.form.sensitive():
        version.definition = definition.model_dump(mode="json", by_alias=True)
        version.save(update_fields=["definition"])
    return version


def _close(last: ProcedureVersion | None, definition: Definition) -> int:
    """End the last version where the new one begins; its number, or 0 where it had ended before."""
    if last is None or (last.valid_until is not None and last.valid_until <= definition.valid_from):
        return 0
    last.valid_until = definition.valid_from
    last.save(update_fields=["valid_until"])
    return last.number


def _columns(definition: Definition) -> dict[str, object]:
    phrases = phrases_of(definition)
    return {
        "number": definition.version,
        "valid_from": definition.valid_from,
        "valid_until": definition.valid_until,
        "national_code": definition.national_code.value or "",
        "name": definition.name,
        "sort_key": sort_key(definition.name),
        "folded": " " + " | ".join(folded_words(phrase) for phrase in phrases),
        "accented": " " + " | ".join(accented_words(phrase) for phrase in phrases),
        "field_id": definition.field,
        "level": definition.competence.level,
        "life_events": list(definition.life_events),
        "part_only": definition.part_only,
        "receiving": [f"{sort.kind}@{sort.level}" for sort in definition.competence.receiving],
        "channels": list(definition.channels),
        "online_level": definition.online_level,
        "definition": definition.model_dump(mode="json", by_alias=True),
    }

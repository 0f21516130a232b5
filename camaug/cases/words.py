"""The words by which a case is found."""

from collections.abc import Iterator, Mapping
from typing import Any

from camaug.cases.models import Case
from camaug.catalogue.definition.eform import FieldType
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.text import accented, fold

_MOST = 1_000


def find_by(case: Case, made: Definition) -> None:
    """Set the case's search words: code, people, procedure, and the names and short texts that were declared, but
    for what is sensitive.
    """
    said = [case.code or "", case.applicant_name, case.authorised_name, made.plain_name, made.name]
    words = " ".join([*said, *_declared(made, case.answers)])[:_MOST]
    case.folded, case.accented = fold(words), accented(words)


def _declared(made: Definition, answers: Mapping[str, Any]) -> Iterator[str]:
    for page in made.form.pages():
        for field in page.fields:
            value = None if field.sensitive else answers.get(field.id)
            if field.type in (FieldType.NAME, FieldType.TEXT) and isinstance(value, str):
                yield value
            elif field.type == FieldType.PERSON and isinstance(value, Mapping):
                yield str(value.get("full_name") or "")

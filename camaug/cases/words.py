"""The words by which a case is found."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from camaug.cases.models import Case
from camaug.catalogue.definition.eform import FieldType
from camaug.catalogue.definition.procedure import Definition
from camaug.kernel.text import accented, fold

_MOST = 1_000


def find_by(case: Case, made: Definition) -> None:
    """Set the case's search words: the code's own part, people, and the names and short texts that were declared, but
    for what is sensitive. By the procedure's names a case is found as well, but they stand at the version.
    """
    words = words_of(made, (own_part(case.code or ""), case.applicant_name, case.authorised_name), case.answers)
    case.folded, case.accented = fold(words), accented(words)


def words_of(made: Definition, names: Iterable[str], answers: Mapping[str, Any]) -> str:
    """The same as one text; `names` are the code's own part and its people."""
    return " ".join(filter(None, [*names, *_declared(made, answers)]))[:_MOST]


def own_part(code: str) -> str:
    """What stands behind the agency in a code; the agency is found by the code as a whole."""
    return code.partition("-")[2]


def _declared(made: Definition, answers: Mapping[str, Any]) -> Iterator[str]:
    for page in made.form.pages():
        for field in page.fields:
            value = None if field.sensitive else answers.get(field.id)
            if field.type in (FieldType.NAME, FieldType.TEXT) and isinstance(value, str):
                yield value
            elif field.type == FieldType.PERSON and isinstance(value, Mapping):
                yield str(value.get("full_name") or "")

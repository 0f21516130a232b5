"""What was declared: sensitive answers lie encrypted in the database and are read as if they did not."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from camaug.catalogue.queries import definition
from camaug.kernel.closed import Closing
from camaug.kernel.encryption import decrypt, encrypt, is_encrypted
from camaug.kernel.json_column import COLUMN, JSONColumn


@lru_cache(maxsize=512)
def sensitive_fields(version_id: UUID) -> frozenset[str]:
    """The questions of a version whose answers are sensitive; a version never changes."""
    return definition(version_id).form.sensitive()


def sealed_answers(answers: Mapping[str, Any], case_id: UUID, version_id: UUID) -> dict[str, Any]:
    """The answers as the database keeps them: each sensitive one under the writing key, for this case alone; likewise
    what somebody typed that only looks as if it were encrypted.
    """
    hidden = sensitive_fields(version_id) & answers.keys()
    hidden |= {name for name, value in answers.items() if is_encrypted(value)}
    return {**answers, **{name: _sealed(answers[name], _place(case_id, name)) for name in hidden}}


def opened_answers(kept: Mapping[str, Any], case_id: UUID) -> dict[str, Any]:
    """The answers as they were given; NotDecrypted where one was changed or is another case's."""
    return {
        name: json.loads(decrypt(value, about=_place(case_id, name))) if is_encrypted(value) else value
        for name, value in kept.items()
    }


def _sealed(value: Any, place: str) -> str:
    return encrypt(json.dumps(value, ensure_ascii=False), about=place)


def _place(case_id: UUID, name: str) -> str:
    return f"cases.case.answers:{case_id}:{name}"


class _Closed(dict[str, Any]):
    """Answers as the database keeps them; whatever else a case has been given is open."""


class AnswersField(Closing, JSONColumn):
    """A case's answers by field, of which only the sensitive ones are closed.

    `of`: the column that leads to the case, where the row is no case itself.
    """

    lies_as = COLUMN

    def __init__(self, *args: Any, of: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.of = of

    def is_closed(self, kept: Any) -> bool:
        return isinstance(kept, _Closed)

    def opened(self, kept: Any, row: Any) -> Any:
        return opened_answers(kept, getattr(row, f"{self.of}_id") if self.of else row.pk)

    def stored(self, row: Any) -> Any:
        answers = self.held(row)
        if isinstance(answers, _Closed) or not isinstance(answers, dict):  # nobody asked: they stay as they lie
            return answers
        case = getattr(row, self.of) if self.of else row
        return sealed_answers(answers, case.pk, case.version_id)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        kept = super().from_db_value(value, expression, connection)
        return _Closed(kept) if isinstance(kept, dict) and any(map(is_encrypted, kept.values())) else kept

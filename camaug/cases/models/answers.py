"""What was declared: sensitive answers lie encrypted in the database and are read as if they did not."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from camaug.catalogue.queries import definition
from camaug.kernel.encryption import decrypt, encrypt, is_encrypted


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


class _Opened(DeferredAttribute):
    """Opens what was read the first time that somebody asks for it; an answer that nobody asks for stays closed."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        kept, field = super().__get__(instance, cls), cast(AnswersField, self.field)
        if isinstance(kept, _Closed):
            kept = vars(instance)[field.attname] = opened_answers(kept, field.case_key(instance))
        return kept

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class AnswersField(models.JSONField):
    """A case's answers by field; whatever writes a row asks `stored` what it is to write.

    `of`: the column that leads to the case, where the row is no case itself.
    """

    descriptor_class = _Opened

    def __init__(self, *args: Any, of: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.of = of

    def case_key(self, row: Any) -> UUID:
        """The id of the row's case."""
        key: UUID = getattr(row, f"{self.of}_id") if self.of else row.pk
        return key

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        kept = super().from_db_value(value, expression, connection)
        return _Closed(kept) if isinstance(kept, dict) and any(map(is_encrypted, kept.values())) else kept

    def stored(self, row: Any) -> Any:
        """The column's value for this row of a case."""
        if self.attname not in vars(row):
            row.refresh_from_db(fields=[self.attname])
        answers = vars(row)[self.attname]
        if isinstance(answers, _Closed) or not isinstance(answers, dict):  # nobody asked: they stay as they lie
            return answers
        case = getattr(row, self.of) if self.of else row
        return sealed_answers(answers, case.pk, case.version_id)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002 (Django's signature)
        return self.stored(model_instance)

    def deconstruct(self) -> Any:
        """To migrations it is the JSON that it always was."""
        name, _path, args, named = super().deconstruct()
        return name, "django.db.models.JSONField", args, named

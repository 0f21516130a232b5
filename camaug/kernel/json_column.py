"""JSON that is only read whole: PostgreSQL sees that it is JSON and keeps its text, and takes nothing apart."""

from typing import Any

from django.db import models
from psycopg.types.json import Json
from pydantic_core import to_json

COLUMN = f"{__name__}.JSONColumn"
"""As migrations name it."""


class JSONColumn(models.JSONField):
    """A column of PostgreSQL's type `json`. What is in it cannot be asked for; that it stands there, or not, can."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 (Django's signature)
        return "json"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return super().get_db_prep_value(value, connection, prepared)
        return as_column(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002 (Django's signature)
        """The driver has read it already."""
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether there is something can be asked, not what."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, name: str) -> Any:  # noqa: ARG002 (Django's signature)
        """What is in it lies in a text."""
        return None


def as_column(value: Any) -> Json:
    """A value on its way into such a column, in statements written by hand too."""
    return Json(value, dumps=as_text)


def as_text(value: Any) -> str:
    """A value as it stands in such a column, and comes back."""
    return to_json(value).decode()

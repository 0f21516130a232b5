"""Columns whose values lie encrypted, each for its own row alone, and are read as if they lay open.

    text = ClosedTextField(of="case_id")

Whatever writes a row closes its values; each is opened the first time that somebody asks the row for it. Past the row
(`values`, `update`) a value is only met `Closed`: it is no text that somebody could show, and none can be put in its
place or be looked for. What lies open, since it was written before the column was closed, is read as it lies until
`camaug keys rotate` closes it.
"""

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from pydantic_core import to_json

from camaug.kernel.encryption import MARK, is_current, is_encrypted, renewed, unwrap, wrap
from camaug.kernel.json_column import COLUMN, JSONColumn

_MARK = f"{MARK}:".encode()


@dataclass(frozen=True, slots=True)
class Closed:
    """A value as the database keeps it."""

    kept: str


class Opening(DeferredAttribute):
    """Opens what was read the first time that somebody asks for it; what nobody asks for stays closed."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        kept, field = super().__get__(instance, cls), cast(Closing, self.field)
        if field.is_closed(kept):
            kept = vars(instance)[field.attname] = field.opened(kept, instance)
        return kept

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class Closing(models.Field):  # type: ignore[type-arg]
    """What such columns share; whatever writes a row asks `stored` what it is to write."""

    descriptor_class = Opening
    lies_as: str
    """The field that migrations know instead, by its place."""

    def is_closed(self, kept: Any) -> bool:
        """Whether that was read from the database and is still as it lay there."""
        raise NotImplementedError

    def opened(self, kept: Any, row: Any) -> Any:
        """What a row keeps, as it was given; NotDecrypted where it was changed or is another row's."""
        raise NotImplementedError

    def stored(self, row: Any) -> Any:
        """What the database is to keep for this row; what nobody asked for stays as it lies."""
        raise NotImplementedError

    def held(self, row: Any) -> Any:
        """What the row has, without opening it."""
        if self.attname not in vars(row):
            row.refresh_from_db(fields=[self.attname])
        return vars(row)[self.attname]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002 (Django's signature)
        return self.stored(model_instance)

    def deconstruct(self) -> Any:
        """To migrations it is the column behind, as which it lies."""
        name, _path, args, named = super().deconstruct()
        return name, self.lies_as, args, named


class ClosedWhole(Closing):
    """Each value is one ciphertext; what is empty stays empty.

    It is bound to the row, which the column `by` tells from others, and by the column `of` to what the row belongs to.
    """

    def __init__(self, *args: Any, of: str = "pk", by: str = "pk", **named: Any) -> None:
        super().__init__(*args, **named)
        self.of, self.by = of, by

    def is_closed(self, kept: Any) -> bool:
        return isinstance(kept, Closed)

    def opened(self, kept: Any, row: Any) -> Any:
        kept = kept.kept if isinstance(kept, Closed) else kept
        return self.unspelled(unwrap(kept, about=self._place(row))) if is_encrypted(kept) else kept

    def closed(self, value: Any, row: Any) -> Any:
        """A value as it is kept, Closed."""
        return value if not value or isinstance(value, Closed) else Closed(self._ciphertext(value, row))

    def written(self, kept: Any) -> Any:
        """The same in the column's own type."""
        return kept.kept if isinstance(kept, Closed) else kept

    def stored(self, row: Any) -> Any:
        return self.written(self.closed(self.held(row), row))

    def renewed(self, kept: Any, row: Any) -> Closed | None:
        """Under the writing key, where it is not already; what lies open is closed."""
        if not kept or (isinstance(kept, Closed) and is_current(kept.kept)):
            return None
        if isinstance(kept, Closed):
            return Closed(renewed(kept.kept, about=self._place(row)))
        return Closed(self._ciphertext(kept, row))

    def spelled(self, value: Any) -> bytes:
        """What is encrypted."""
        return to_json(value)

    def unspelled(self, octets: bytes) -> Any:
        """The value of what was."""
        return json.loads(octets)

    def loaded(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002 (Django's signature)
        """What the column holds: a ciphertext, or what lies open."""
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        kept = self.loaded(value, expression, connection)
        return Closed(kept) if is_encrypted(kept) else kept

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002 (Django's signature)
        return self.closed(self.held(model_instance), model_instance)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value and not isinstance(value, Closed):
            raise TypeError(f"{self.model._meta.label}.{self.attname} is written with its row, which closes it")
        return super().get_db_prep_save(self.written(value), connection)

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether there is something can be asked, not what."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def get_transform(self, name: str) -> Any:  # noqa: ARG002 (Django's signature)
        """There is nothing in it that a statement could look at."""
        return None

    def _ciphertext(self, value: Any, row: Any) -> str:
        return wrap(self.spelled(value), about=self._place(row))

    def _place(self, row: Any) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}:{getattr(row, self.of)}:{getattr(row, self.by)}"


class ClosedTextField(ClosedWhole, models.TextField):  # type: ignore[type-arg]
    """A text that lies encrypted."""

    lies_as = "django.db.models.TextField"


class ClosedJSONField(ClosedWhole, JSONColumn):
    """JSON that lies encrypted as a whole: in the database it is one string."""

    lies_as = COLUMN


class ClosedBinaryField(ClosedWhole, models.BinaryField):  # type: ignore[type-arg]
    """Bytes that lie encrypted."""

    lies_as = "django.db.models.BinaryField"

    def spelled(self, value: Any) -> bytes:
        return bytes(value)

    def unspelled(self, octets: bytes) -> bytes:
        return octets

    def written(self, kept: Any) -> Any:
        return kept.kept.encode() if isinstance(kept, Closed) else kept

    def loaded(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002 (Django's signature)
        octets = b"" if value is None else bytes(value)
        return octets.decode("latin-1") if octets.startswith(_MARK) else octets


def field_of(model: type[models.Model], column: str) -> ClosedWhole:
    """The column, for statements that are written by hand."""
    return cast(ClosedWhole, model._meta.get_field(column))


def read_by_hand(model: type[models.Model], column: str, kept: Any, **row: object) -> Any:
    """What a statement written by hand has read, as it was given; `row` is what it is bound to. NotDecrypted."""
    return field_of(model, column).opened(kept, SimpleNamespace(**row))


def closed_by_hand(model: type[models.Model], column: str, value: Any, **row: object) -> Any:
    """What such a statement is to write."""
    field = field_of(model, column)
    return field.written(field.closed(value, SimpleNamespace(**row)))

"""Reading answers for print: an option's label, a written address, a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from camaug.catalogue.definition.conditions import answer_at
from camaug.catalogue.definition.eform import EForm, FormField
from camaug.catalogue.forms.parts import part_fields

SEXES = {"MALE": "Nam", "FEMALE": "Nữ"}


class Said:
    """The answers of one case, in the words of its form; everything is "" or None where nothing was said."""

    def __init__(self, form: EForm, answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self._fields: dict[str, FormField] = {}
        for field in form.fields():
            self._fields[field.id] = field
            if field.parts:
                self._fields |= {f"{field.id}.{part.id}": part for part in part_fields(field)}

    def text(self, path: str) -> str:
        """The answer as text: the label of a chosen option, the written form of an address."""
        value = answer_at(self._answers, path)
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, Mapping):
            return str(value.get("text", ""))
        return self._label(path, str(value))

    def value(self, path: str) -> str:
        """The answer as it is kept: an option's id, YES or NO; empty where there is none."""
        value = answer_at(self._answers, path)
        return value if isinstance(value, str) else ""

    def sex(self, path: str) -> str:
        """Nam or Nữ, whatever language the form's own labels were read in."""
        return SEXES.get(str(answer_at(self._answers, path)), "")

    def day(self, path: str) -> date | None:
        """The answer as a day; None where it is no ISO day."""
        return iso_day(answer_at(self._answers, path))

    def number(self, path: str) -> int:
        """The answer as a whole number, 0 where there is none."""
        text = self.text(path)
        return int(text) if text.isdigit() else 0

    def rows(self, path: str) -> list[Mapping[str, Any]]:
        """The rows of a repeated group."""
        value = answer_at(self._answers, path)
        return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []

    def _label(self, path: str, value: str) -> str:
        field = self._fields.get(path)
        options = field.options if field else ()
        return next((option.label for option in options if option.id == value), value)


def iso_day(value: Any) -> date | None:
    """The day of an ISO string, or None."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None

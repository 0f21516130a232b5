"""Which control asks a type of question, and what stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.eform import FieldType, FormField, PersonPart, Prefill
from camaug.catalogue.forms.dates import boxes, display_day
from camaug.catalogue.forms.parts import both
from camaug.catalogue.forms.suggestions import home_nationality
from camaug.catalogue.forms.values import grouped
from camaug.catalogue.forms.wording import said
from camaug.people.numbers import display_phone

KINDS: Mapping[FieldType, str] = {
    FieldType.TEXT: "input",
    FieldType.LONG_TEXT: "textarea",
    FieldType.NAME: "input",
    FieldType.PERSONAL_NUMBER: "input",
    FieldType.TAX_CODE: "input",
    FieldType.PHONE: "input",
    FieldType.EMAIL: "input",
    FieldType.COORDINATES: "input",
    FieldType.NUMBER: "input",
    FieldType.MONEY: "money",
    FieldType.DATE: "date",
    FieldType.CHOICE: "radios",
    FieldType.CHOICES: "checkboxes",
    FieldType.YES_NO: "radios",
    FieldType.ADDRESS: "address",
    FieldType.PERSON: "person",
    FieldType.GROUP: "group",
    FieldType.AGREE: "checkbox",
}
_DIGITS = {"inputmode": "numeric", "spellcheck": "false"}
_TYPED: Mapping[FieldType, Mapping[str, str]] = {
    FieldType.PERSONAL_NUMBER: _DIGITS,
    FieldType.TAX_CODE: {"inputmode": "text", "spellcheck": "false"},
    FieldType.PHONE: {"inputmode": "tel", "spellcheck": "false"},
    FieldType.EMAIL: {"inputmode": "email", "spellcheck": "false"},
    FieldType.COORDINATES: {"inputmode": "text", "spellcheck": "false"},
    FieldType.NUMBER: _DIGITS,
    FieldType.DATE: _DIGITS,
}
_COMPLETED = {
    Prefill.APPLICANT_NAME: "name",
    Prefill.APPLICANT_PHONE: "tel",
    Prefill.APPLICANT_EMAIL: "email",
}
_YES_NO = {"YES": _("Yes"), "NO": _("No")}


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class DateBoxes:
    """A day as it stands in three boxes."""

    day: str
    month: str
    year: str


def options(field: FormField, language: str) -> tuple[Choice, ...]:
    """The answers to choose from, in the language."""
    if field.type == FieldType.YES_NO:
        english = language.startswith("en")
        return tuple(Choice(id_, both(label)[english]) for id_, label in _YES_NO.items())
    return tuple(Choice(one.id, said(one, "label", language), one.hint) for one in field.options)


def shown_value(field: FormField, value: Any, *, compact: bool) -> Any:
    """What stands in the control: typed text as it was typed, stored values as people write them."""
    if field.type == FieldType.DATE:
        text = str(value or "")
        return display_day(text) if compact else DateBoxes(*boxes(text))
    if field.type == FieldType.CHOICES:
        return list(value) if isinstance(value, list) else []
    if field.type == FieldType.AGREE:
        return value is True
    if field.type in (FieldType.NUMBER, FieldType.MONEY) and type(value) is int:
        return grouped(value)
    if field.type == FieldType.PHONE and value:
        return display_phone(str(value)) if str(value).startswith("+") else str(value)
    if field.id == PersonPart.NATIONALITY and not value:
        return home_nationality()
    return "" if value is None or isinstance(value, dict | list) else str(value)


def attributes(field: FormField, name: str, *, compact: bool) -> dict[str, str]:
    """HTML attributes beyond the component's own: which keyboard, what the browser may fill in, the list to pick."""
    attrs = dict(_TYPED.get(field.type, {})) if field.type != FieldType.DATE or compact else {}
    if KINDS[field.type] in ("input", "date"):
        attrs["autocomplete"] = "off" if compact else _COMPLETED.get(field.prefill, "off") if field.prefill else "off"
    if field.id in (PersonPart.NATIONALITY, PersonPart.ETHNICITY):
        attrs["list"] = f"{name}-list"
    return attrs

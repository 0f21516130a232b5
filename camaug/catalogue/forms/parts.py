"""The parts of a PERSON as fields of their own, so that every rule about fields holds for them too."""

from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from camaug.catalogue.definition.eform import FieldType, FormField, Option, PersonPart

_LABELS = {
    PersonPart.FULL_NAME: _("Full name"),
    PersonPart.BIRTH_DATE: _("Date of birth"),
    PersonPart.BIRTH_YEAR: _("Year of birth"),
    PersonPart.SEX: _("Sex"),
    PersonPart.PERSONAL_NUMBER: _("Personal number"),
    PersonPart.NATIONALITY: _("Nationality"),
    PersonPart.ETHNICITY: _("Ethnicity"),
    PersonPart.RESIDENCE: _("Place of residence"),
}
_SEXES = {"MALE": _("Male"), "FEMALE": _("Female")}
_SETTINGS: dict[PersonPart, dict[str, object]] = {
    PersonPart.FULL_NAME: {"type": FieldType.NAME},
    PersonPart.BIRTH_DATE: {"type": FieldType.DATE, "past": True},
    PersonPart.BIRTH_YEAR: {"type": FieldType.NUMBER, "min": 1850, "max": 2200},
    PersonPart.SEX: {"type": FieldType.CHOICE},
    PersonPart.PERSONAL_NUMBER: {"type": FieldType.PERSONAL_NUMBER},
    PersonPart.NATIONALITY: {"type": FieldType.TEXT, "max_length": 60},
    PersonPart.ETHNICITY: {"type": FieldType.TEXT, "max_length": 30},
    PersonPart.RESIDENCE: {"type": FieldType.ADDRESS},
}

# Most people leave these as they are, so alone they do not say that somebody was entered.
BACKGROUND = frozenset({PersonPart.NATIONALITY, PersonPart.ETHNICITY, PersonPart.SEX})


def part_fields(person: FormField) -> tuple[FormField, ...]:
    """The parts asked of this PERSON, in its order; required ones marked so."""
    required = person.required_parts or (person.parts[:1] if PersonPart.FULL_NAME not in person.parts else _NAME)
    return tuple(_part(part, part in required) for part in person.parts)


def is_entered(value: object) -> bool:
    """Whether the answer to a PERSON names somebody."""
    return isinstance(value, dict) and any(value.get(part) for part in PersonPart if part not in BACKGROUND)


def both(message: object) -> tuple[str, str]:
    """A catalogue message in Vietnamese and in English."""
    with override("vi"):
        vietnamese = str(message)
    with override("en"):
        return vietnamese, str(message)


_NAME = (PersonPart.FULL_NAME,)


@cache
def _part(part: PersonPart, required: bool) -> FormField:
    label, label_en = both(_LABELS[part])
    settings: dict[str, object] = dict(_SETTINGS[part])
    if part == PersonPart.SEX:
        settings["options"] = tuple(
            Option(id=id_, label=both(name)[0], label_en=both(name)[1]) for id_, name in _SEXES.items()
        )
    if part == PersonPart.BIRTH_YEAR:
        settings["hint"], settings["hint_en"] = both(_("Only where day and month are not known"))
    return FormField.model_validate(
        {"id": part.value, "label": label, "label_en": label_en, "required": required, **settings}
    )

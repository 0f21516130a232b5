from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError, InvalidInput
from camaug.kernel.text import clean, fold
from camaug.people.models import AgencyKind, AgencyLevel, AgencyTerm, Place
from camaug.people.numbers import parse_phone
from camaug.people.queries.matching import searchable

LENGTHS = {"name": 200, "short_name": 80, "name_en": 200, "address": 300, "hours": 200}


def checked_facts(
    *, kind: str, level: str, place_id: UUID | None, phone: str, email: str, **texts: str
) -> dict[str, Any]:
    """What is said of an agency as columns of its term; `texts` by the columns of LENGTHS. Raises InvalidInput."""
    facts, errors = _read_texts(texts)
    facts |= {"kind_id": kind, "level_id": level, "place_id": place_id, "email": email.strip().lower()}
    if not AgencyKind.objects.filter(code=kind).exists():
        errors["kind"] = _("Choose the kind of agency.")
    if not AgencyLevel.objects.filter(code=level).exists():
        errors["level"] = _("Choose the level.")
    if place_id and not Place.objects.filter(id=place_id).exists():
        errors["place"] = _("There is no place with this code.")
    try:
        facts["phone"] = parse_phone(phone) if phone.strip() else ""
    except DomainError as no:
        errors["phone"] = str(no)
    try:
        if facts["email"]:
            AgencyTerm._meta.get_field("email").run_validators(facts["email"])
    except ValidationError:
        errors["email"] = _("“{email}” is not an e-mail address.").format(email=facts["email"][:80])
    if errors:
        raise InvalidInput(errors)
    return term_columns(facts)


def checked_names(**names: str) -> dict[str, Any]:
    """Name, short name and English name as columns of a term. Raises InvalidInput."""
    facts, errors = _read_texts(names)
    if errors:
        raise InvalidInput(errors)
    return term_columns(facts)


def _read_texts(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    facts: dict[str, Any] = {name: clean(text) for name, text in texts.items()}
    errors = {
        name: _("At most {most} characters fit here.").format(most=LENGTHS[name])
        for name, text in facts.items()
        if len(text) > LENGTHS[name]
    }
    if facts.get("name") == "":
        errors["name"] = _("Enter the agency's name.")
    return facts, errors


def term_columns(facts: Mapping[str, Any], *, short_name: str = "") -> dict[str, Any]:
    """The columns with what finds the agency by its names; `short_name` holds where none is among them."""
    if "name" not in facts:
        return dict(facts)
    return {**facts, "folded": fold(searchable(f"{facts['name']} {facts.get('short_name', short_name)}"))}

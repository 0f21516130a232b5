"""The scenarios of a draft as YAML, and back."""

from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from camaug.catalogue.definition.scenarios import Scenario
from camaug.catalogue.definition.slips import slip_of
from camaug.catalogue.drafting.places import Content, list_at
from camaug.catalogue.profile_files import SIZE_LIMIT, ProfileInvalid, parse_yaml
from camaug.catalogue.yaml_files import as_yaml, plain
from camaug.kernel.errors import InvalidInput

_ALL = TypeAdapter(tuple[Scenario, ...])


def scenarios_said(content: Content) -> str:
    """The text; empty where there are none."""
    given = list_at(content, ("scenarios",))
    made = [Scenario.model_validate(one).model_dump(by_alias=True, exclude_defaults=True) for one in given]
    return as_yaml(plain(made)) if made else ""


def read_scenarios(text: str) -> list[dict[str, Any]]:
    """The scenarios as plain values. Raises InvalidInput with the place of the first slip."""
    try:
        value = parse_yaml(text[:SIZE_LIMIT], str(_("Scenarios")))
        found = _ALL.validate_python(value or ())
    except ProfileInvalid as slip:
        raise InvalidInput({"scenarios": str(slip)}) from slip
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=True, include_input=False)[0]
        place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        said = str(slip_of(first) or first["msg"])
        raise InvalidInput({"scenarios": f"{place}: {said}" if place else said}) from error
    return [one.model_dump(mode="json", by_alias=True) for one in found]

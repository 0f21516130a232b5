"""What invented applicants ask for in any procedure that carries scenarios: one of these, made their own."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from camaug.cases.demo.citizens import Citizen
from camaug.cases.demo.stories import Scene
from camaug.catalogue.definition.conditions import Answers
from camaug.catalogue.definition.eform import FieldType, FormField, PersonPart, Prefill
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.queries import current
from camaug.kernel.clock import LOCAL

OWN: dict[Prefill, Callable[[Citizen], Any]] = {
    Prefill.APPLICANT_NAME: lambda who: who.name,
    Prefill.APPLICANT_BIRTH_DATE: lambda who: who.birth_date.isoformat(),
    Prefill.APPLICANT_SEX: lambda who: who.sex,
    Prefill.APPLICANT_NUMBER: lambda who: who.number,
    Prefill.APPLICANT_PHONE: lambda who: who.phone,
    Prefill.APPLICANT_ADDRESS: lambda who: who.home,
}
OWN_PARTS: dict[PersonPart, Callable[[Citizen], Any]] = {
    PersonPart.FULL_NAME: lambda who: who.name,
    PersonPart.BIRTH_DATE: lambda who: who.birth_date.isoformat(),
    PersonPart.SEX: lambda who: who.sex,
    PersonPart.PERSONAL_NUMBER: lambda who: who.number,
    PersonPart.RESIDENCE: lambda who: who.home,
}


def of_a_scenario(procedure: str) -> Callable[[Citizen, Scene, datetime], dict[str, Any]]:
    """Contents for that procedure: the applicant in the place of whoever the scenario tells of, others with new names,
    its days as long ago as they were then.
    """

    def contents(who: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:
        on = at.astimezone(LOCAL).date()
        made = current(procedure, on).definition
        told = scene.chance.choice([one for one in made.scenarios if one.channel == Channel.COUNTER] or made.scenarios)
        since = on - told.on
        fields = {field.id: field for field in made.form.fields()}
        return {name: _own(fields[name], value, who, scene, since) for name, value in told.answers.items()}

    return contents


def _own(field: FormField, value: Any, who: Citizen, scene: Scene, since: timedelta) -> Any:
    if field.prefill in OWN:
        return OWN[field.prefill](who)
    if field.type == FieldType.PERSON:
        return _person(field, value, who, scene)
    if field.type == FieldType.ADDRESS:
        return who.home
    return (date.fromisoformat(value) + since).isoformat() if field.type == FieldType.DATE else value


def _person(field: FormField, value: Answers, who: Citizen, scene: Scene) -> Mapping[str, Any]:
    """The applicant himself where the form begins with him, else somebody invented who lives where he does."""
    if field.prefill == Prefill.APPLICANT:
        return {**value, **{part.value: told(who) for part, told in OWN_PARTS.items() if part.value in value}}
    sex = value.get("sex") or scene.chance.choice(("MALE", "FEMALE"))
    kept = {part: said for part, said in value.items() if part != "personal_number" or part in field.required_parts}
    home = {"residence": who.home} if "residence" in kept else {}
    return {**kept, "full_name": scene.citizens.full_name(sex), **home}

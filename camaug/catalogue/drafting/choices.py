"""What may be chosen at an entry, as pairs of code and words: the law's lists, the profile's, and the draft's own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.catalogue.definition.eform import FieldType, PersonPart, Prefill
from camaug.catalogue.definition.fees import FeeKind
from camaug.catalogue.definition.papers import PaperForm, Submission
from camaug.catalogue.definition.procedure import Applicant, ResultKind
from camaug.catalogue.definition.process import CHOSEN, NEAREST, SilenceEffect, StepAgency, StepKind
from camaug.catalogue.drafting.places import Content, list_at
from camaug.catalogue.leaflet.money import DUE
from camaug.catalogue.leaflet.words import CHANNELS, CONFIDENCE, ONLINE, sentence
from camaug.catalogue.models import Field, LifeEvent, Procedure
from camaug.people.queries.words import agency_words, role_words
from camaug.worktime.limits import CutoffEffect, Unit
from camaug.worktime.queries import stop_grounds

type Pairs = tuple[tuple[str, str], ...]


def _plain(words: Mapping[Any, Promise]) -> dict[str, Promise]:
    return {str(code): text for code, text in words.items()}


_FIXED: dict[str, dict[str, Promise]] = {
    "channels": _plain(CHANNELS),
    "online_levels": _plain(ONLINE),
    "confidence": _plain(CONFIDENCE),
    "due": _plain(DUE),
    "applicants": {Applicant.PERSON: gettext_lazy("a person"), Applicant.BUSINESS: gettext_lazy("a business or body")},
    "paper_forms": {
        PaperForm.ORIGINAL: gettext_lazy("the original"),
        PaperForm.COPY: gettext_lazy("a copy"),
        PaperForm.ORIGINAL_OR_COPY: gettext_lazy("the original or a copy"),
        PaperForm.ELECTRONIC: gettext_lazy("an electronic document"),
    },
    "submissions": {
        Submission.FILED: gettext_lazy("stays in the file"),
        Submission.SHOWN: gettext_lazy("is shown and given back"),
        Submission.SURRENDERED: gettext_lazy("is given up when the result is handed out"),
    },
    "units": {
        Unit.WORKING_DAYS: gettext_lazy("working days"),
        Unit.CALENDAR_DAYS: gettext_lazy("days"),
        Unit.WORKING_HOURS: gettext_lazy("working hours"),
        Unit.MONTHS: gettext_lazy("months"),
    },
    "lead_units": {
        Unit.WORKING_DAYS: gettext_lazy("working days"),
        Unit.CALENDAR_DAYS: gettext_lazy("days"),
    },
    "cutoff_effects": {
        CutoffEffect.HAND_OVER_ONLY: gettext_lazy("is passed on the next working day; the time counts all the same"),
        CutoffEffect.NEXT_DAY: gettext_lazy("counts from the next working day"),
    },
    "fee_kinds": {
        FeeKind.CHARGE: gettext_lazy("charge (lệ phí)"),
        FeeKind.SERVICE_FEE: gettext_lazy("fee for a service (phí)"),
    },
    "calculations": {
        "FIXED": gettext_lazy("one fixed sum"),
        "PER_UNIT": gettext_lazy("a sum for each"),
        "TIERED": gettext_lazy("in steps by number"),
        "BANDED": gettext_lazy("one sum by size"),
        "TABLE": gettext_lazy("one sum by case"),
    },
    "result_kinds": {
        ResultKind.DOCUMENT: gettext_lazy("a document that is signed"),
        ResultKind.CERTIFIED_COPY: gettext_lazy("a certified copy"),
    },
    "field_types": {
        FieldType.TEXT: gettext_lazy("short text"),
        FieldType.LONG_TEXT: gettext_lazy("long text"),
        FieldType.NAME: gettext_lazy("name of a person"),
        FieldType.PERSONAL_NUMBER: gettext_lazy("personal number"),
        FieldType.TAX_CODE: gettext_lazy("tax code"),
        FieldType.PHONE: gettext_lazy("telephone number"),
        FieldType.EMAIL: gettext_lazy("e-mail address"),
        FieldType.COORDINATES: gettext_lazy("position on the map"),
        FieldType.NUMBER: gettext_lazy("whole number"),
        FieldType.MONEY: gettext_lazy("sum in đồng"),
        FieldType.DATE: gettext_lazy("day"),
        FieldType.CHOICE: gettext_lazy("one of several choices"),
        FieldType.CHOICES: gettext_lazy("any of several choices"),
        FieldType.YES_NO: gettext_lazy("yes or no"),
        FieldType.ADDRESS: gettext_lazy("address"),
        FieldType.PERSON: gettext_lazy("a person"),
        FieldType.GROUP: gettext_lazy("several rows"),
        FieldType.AGREE: gettext_lazy("a tick to agree"),
    },
    "person_parts": {
        PersonPart.FULL_NAME: gettext_lazy("full name"),
        PersonPart.BIRTH_DATE: gettext_lazy("day of birth"),
        PersonPart.BIRTH_YEAR: gettext_lazy("year of birth"),
        PersonPart.SEX: gettext_lazy("sex"),
        PersonPart.PERSONAL_NUMBER: gettext_lazy("personal number"),
        PersonPart.NATIONALITY: gettext_lazy("nationality"),
        PersonPart.ETHNICITY: gettext_lazy("ethnic group"),
        PersonPart.RESIDENCE: gettext_lazy("residence"),
    },
    "prefills": {
        Prefill.APPLICANT: gettext_lazy("the applicant"),
        Prefill.APPLICANT_NAME: gettext_lazy("the applicant's name"),
        Prefill.APPLICANT_BIRTH_DATE: gettext_lazy("the applicant's day of birth"),
        Prefill.APPLICANT_SEX: gettext_lazy("the applicant's sex"),
        Prefill.APPLICANT_NUMBER: gettext_lazy("the applicant's personal number"),
        Prefill.APPLICANT_PHONE: gettext_lazy("the applicant's telephone number"),
        Prefill.APPLICANT_EMAIL: gettext_lazy("the applicant's e-mail address"),
        Prefill.APPLICANT_ADDRESS: gettext_lazy("the applicant's address"),
        Prefill.BUSINESS_NAME: gettext_lazy("the name of the business that applies"),
        Prefill.BUSINESS_CODE: gettext_lazy("the number of the business that applies"),
        Prefill.BUSINESS_ADDRESS: gettext_lazy("the seat of the business that applies"),
        Prefill.REPRESENTATIVE_NAME: gettext_lazy("the name of whoever speaks for the business, else the applicant's"),
        Prefill.TODAY: gettext_lazy("today"),
    },
    "silence_effects": {
        SilenceEffect.ESCALATE: gettext_lazy("the heads are told"),
        SilenceEffect.STOP: gettext_lazy("the case is stopped"),
        SilenceEffect.CONSENT: gettext_lazy("the law takes it as consent"),
    },
    "step_kinds": {
        StepKind.RECEIVE: gettext_lazy("receive"),
        StepKind.EXAMINE: gettext_lazy("examine"),
        StepKind.REVIEW: gettext_lazy("review"),
        StepKind.LINK: gettext_lazy("wait for the parts"),
        StepKind.APPROVE: gettext_lazy("approve and sign"),
        StepKind.PUBLISH: gettext_lazy("number and seal"),
        StepKind.RETURN: gettext_lazy("hand out the result"),
    },
}
AGENCIES: dict[str, Promise] = {
    StepAgency.RECEIVING: gettext_lazy("Receiving agency"),
    StepAgency.COMPETENT: gettext_lazy("Deciding agency"),
    StepAgency.ABOVE_COMPETENT: gettext_lazy("Agency above"),
}


class Choices:
    """The lists for one draft; what is asked of the database is asked once."""

    def __init__(self, content: Content, *, on: date) -> None:
        self._content = content
        self._on = on
        self._made: dict[str, Pairs] = {}

    def of(self, name: str) -> Pairs:
        """The pairs of a list."""
        if name not in self._made:
            fixed = _FIXED.get(name)
            pairs = (
                ((code, sentence(str(words))) for code, words in fixed.items()) if fixed else self._LISTS[name](self)
            )
            self._made[name] = tuple(pairs)
        return self._made[name]

    def word(self, name: str, code: str) -> str:
        """The words of one code; the code itself where the list does not have it."""
        kind, _colon, several = code.partition(":")
        if name == "competent" and "," in several:
            return _(" or ").join(self.word(name, f"{kind}:{one}") for one in several.split(","))
        return dict(self.of(name)).get(code, code)

    def option(self, field: str, code: str) -> str:
        """The label of one choice of a question; the code itself where it has none."""
        if code in ("YES", "NO"):
            return _("Yes") if code == "YES" else _("No")
        return self._options.get((field, code), code)

    def values(self) -> tuple[tuple[str, str], ...]:
        """Every choice of every question once, for lists of suggestions."""
        found = {code: words for (_field, code), words in self._options.items()}
        return tuple({**found, "YES": _("Yes"), "NO": _("No")}.items())

    @cached_property
    def _options(self) -> dict[tuple[str, str], str]:
        return {
            (str(field.get("id")), str(option.get("id"))): str(option.get("label") or option.get("id"))
            for field in fields_of_form(self._content)
            for option in field.get("options") or ()
        }

    @cached_property
    def _agencies(self) -> tuple[Pairs, Pairs]:
        return agency_words()

    def _fields(self) -> Iterator[tuple[str, str]]:
        yield from Field.objects.order_by("order").values_list("code", "name")

    def _life_events(self) -> Iterator[tuple[str, str]]:
        yield from LifeEvent.objects.order_by("order").values_list("code", "name")

    def _procedures(self) -> Iterator[tuple[str, str]]:
        yield from ((code, code) for code in Procedure.objects.order_by("code").values_list("code", flat=True))

    def _competent(self) -> Iterator[tuple[str, str]]:
        yield "SELF", _("The receiving agency itself")
        for code, name in self._agencies[0]:
            yield f"CHILD:{code}", _("Its own unit: {name}").format(name=name)
        yield from self._nearest()

    def _nearest(self) -> Iterator[tuple[str, str]]:
        for code, name in self._agencies[0]:
            yield f"{NEAREST}{code}", _("The one that serves the place: {name}").format(name=name)

    def _step_agencies(self) -> Iterator[tuple[str, str]]:
        yield from ((code, str(words)) for code, words in AGENCIES.items())
        yield from self._nearest()

    def _asked_agencies(self) -> Iterator[tuple[str, str]]:
        yield from self._step_agencies()
        for code, name in self._agencies[0]:
            yield f"{CHOSEN}{code}", _("Chosen by who asks: {name}").format(name=name)

    def _parts(self) -> Iterator[tuple[str, str]]:
        yield from ((part["id"], part["id"]) for part in list_at(self._content, ("parts",)) if part.get("id"))

    def _answers(self) -> Iterator[tuple[str, str]]:
        """Every question of the form by its path, parts of persons and addresses too."""
        for field in fields_of_form(self._content):
            label = str(field.get("label") or field.get("id"))
            yield str(field.get("id", "")), label
            for part in field.get("parts") or ():
                yield f"{field['id']}.{part}", f"{label}: {self.word('person_parts', part)}"

    def _numbers(self) -> Iterator[tuple[str, str]]:
        for field in fields_of_form(self._content):
            if field.get("type") in (FieldType.NUMBER, FieldType.MONEY):
                yield str(field.get("id", "")), str(field.get("label") or field.get("id"))

    _LISTS: dict[str, Callable[["Choices"], Iterator[tuple[str, str]]]] = {
        "fields": _fields,
        "life_events": _life_events,
        "levels": lambda self: iter(self._agencies[1]),
        "kinds": lambda self: iter(self._agencies[0]),
        "roles": lambda _self: iter(role_words()),
        "stop_grounds": lambda self: ((ground.code, ground.name) for ground in stop_grounds(on=self._on)),
        "procedures": _procedures,
        "competent": _competent,
        "step_agencies": _step_agencies,
        "asked_agencies": _asked_agencies,
        "parts": _parts,
        "answers": _answers,
        "numbers": _numbers,
    }


def fields_of_form(content: Content) -> Iterator[Content]:
    """The questions of a draft's form in order, those of groups left out."""
    for section in list_at(content, ("form", "sections")):
        for page in list_at(section, ("pages",)):
            yield from (field for field in list_at(page, ("fields",)) if isinstance(field, dict))

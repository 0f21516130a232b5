"""An e-form as data: one definition gives web pages, the counter's form, checks, JSON schema and the printed form."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from camaug.catalogue.definition.conditions import Condition
from camaug.catalogue.definition.slips import refusal
from camaug.catalogue.definition.sourcing import Part, Sourced
from camaug.worktime.limits import Unit


class FieldType(StrEnum):
    """What is asked for; the JSON value in brackets.

    TEXT, LONG_TEXT, NAME (upper-cased when printed), PERSONAL_NUMBER, TAX_CODE, PHONE (E.164), EMAIL [string]
    COORDINATES ["latitude, longitude" in decimal degrees]
    NUMBER [integer], MONEY [integer, đồng], DATE [YYYY-MM-DD], CHOICE [option id], CHOICES [list of option ids]
    YES_NO ["YES" or "NO"], ADDRESS [{province, district, commune: place codes, detail, text}]
    PERSON [{full_name, birth_date, sex, personal_number, nationality, ethnicity, residence}: the parts asked for]
    GROUP [list of objects, one a row], AGREE [true]
    """

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    NAME = "NAME"
    PERSONAL_NUMBER = "PERSONAL_NUMBER"
    TAX_CODE = "TAX_CODE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    COORDINATES = "COORDINATES"
    NUMBER = "NUMBER"
    MONEY = "MONEY"
    DATE = "DATE"
    CHOICE = "CHOICE"
    CHOICES = "CHOICES"
    YES_NO = "YES_NO"
    ADDRESS = "ADDRESS"
    PERSON = "PERSON"
    GROUP = "GROUP"
    AGREE = "AGREE"


class Option(Part):
    """One choice."""

    id: str
    label: str
    label_en: str = ""
    hint: str = ""


class Prefill(StrEnum):
    """Where a first value comes from: the applicant's record, or the day.

    BUSINESS_… are of a business that applies, empty for a person; REPRESENTATIVE_NAME is who speaks for it, else the
    person.
    """

    APPLICANT_NAME = "APPLICANT_NAME"
    APPLICANT_BIRTH_DATE = "APPLICANT_BIRTH_DATE"
    APPLICANT_SEX = "APPLICANT_SEX"
    APPLICANT_NUMBER = "APPLICANT_NUMBER"
    APPLICANT_PHONE = "APPLICANT_PHONE"
    APPLICANT_EMAIL = "APPLICANT_EMAIL"
    APPLICANT_ADDRESS = "APPLICANT_ADDRESS"
    APPLICANT = "APPLICANT"
    BUSINESS_NAME = "BUSINESS_NAME"
    BUSINESS_CODE = "BUSINESS_CODE"
    BUSINESS_ADDRESS = "BUSINESS_ADDRESS"
    REPRESENTATIVE_NAME = "REPRESENTATIVE_NAME"
    TODAY = "TODAY"


class Check(Part):
    """A rule over one or more answers: where `when` holds the sentence is shown at `field` (default: its own field)."""

    when: Condition
    sentence: str
    sentence_en: str = ""


class Lead(Sourced):
    """How long before the day that is asked for one has to apply: an event is registered so many days ahead."""

    amount: int = Field(ge=1)
    unit: Literal[Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]


class PersonPart(StrEnum):
    """The parts of a PERSON that a form may ask for."""

    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"
    PERSONAL_NUMBER = "personal_number"
    NATIONALITY = "nationality"
    ETHNICITY = "ethnicity"
    RESIDENCE = "residence"


class Copied(Part):
    """Where a PERSON is one who has been described before: `parts` says which earlier answer each part begins with."""

    when: Condition
    parts: dict[PersonPart, str]


class FormField(Part):
    """One question. `label` is the official label; `ask` the plain question of the one-thing-a-page portal.

    A question that is not `printed` serves papers, fees or conditions and has no place on the official form.
    `capitals`: printed in capital letters, as names of persons always are. `row`: what one row of a GROUP is called.
    `sensitive`: the answer is sensitive personal data (Law 91/2025/QH15): kept encrypted, not found by searching.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    label_en: str = ""
    ask: str = ""
    ask_en: str = ""
    hint: str = ""
    hint_en: str = ""
    type: FieldType
    required: bool = False
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    parts: tuple[PersonPart, ...] = ()
    required_parts: tuple[PersonPart, ...] = ()
    fields: tuple[FormField, ...] = ()
    row: str = ""
    row_en: str = ""
    prefill: Prefill | None = None
    copied: Copied | None = None
    max_length: int | None = None
    min: int | None = None
    max: int | None = None
    past: bool = False
    future: bool = False
    lead: Lead | None = None
    at_least: int = 0
    at_most: int | None = None
    exactly_one: str = ""
    checks: tuple[Check, ...] = ()
    words: bool = False
    printed: bool = True
    capitals: bool = False
    sensitive: bool = False

    @model_validator(mode="after")
    def is_complete(self) -> Self:
        if self.type in (FieldType.CHOICE, FieldType.CHOICES) and not self.options:
            raise refusal("choice_without_options", name=self.id)
        if (self.type == FieldType.PERSON) != bool(self.parts):
            raise refusal("parts_without_person", name=self.id)
        if (self.type == FieldType.GROUP) != bool(self.fields):
            raise refusal("fields_without_group", name=self.id)
        if self.lead is not None and self.type != FieldType.DATE:
            raise refusal("lead_without_day", name=self.id)
        return self


class Page(Part):
    """What is asked on one screen: one question or one small group."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    title_en: str = ""
    hint: str = ""
    hint_en: str = ""
    when: Condition | None = None
    fields: tuple[FormField, ...] = Field(min_length=1)


class Section(Part):
    """A part of the official form, with its heading."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    title_en: str = ""
    pages: tuple[Page, ...] = Field(min_length=1)


class EForm(Sourced):
    """A whole form. `title` is printed at the head of the tờ khai; `form_number` is its legal number.

    `declaration` is the statement above the signature, `signed_by` as what the person signs.
    """

    title: str
    title_en: str = ""
    form_number: str = ""
    addressee: str = ""
    sections: tuple[Section, ...] = Field(min_length=1)
    declaration: str = ""
    signed_by: str = "Người khai"

    def pages(self) -> tuple[Page, ...]:
        """All pages in order."""
        return tuple(page for section in self.sections for page in section.pages)

    def fields(self) -> tuple[FormField, ...]:
        """All top-level fields in order."""
        return tuple(field for page in self.pages() for field in page.fields)

    def sensitive(self) -> frozenset[str]:
        """The top-level fields whose answers are sensitive personal data, wholly or in a part."""
        return frozenset(field.id for field in self.fields() if _is_sensitive(field))

    @model_validator(mode="after")
    def names_are_unique(self) -> Self:
        for kind, names in (("page", [p.id for p in self.pages()]), ("field", [f.id for f in self.fields()])):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise refusal(f"{kind}_named_twice", names=", ".join(sorted(twice)))
        return self


def _is_sensitive(field: FormField) -> bool:
    return field.sensitive or any(map(_is_sensitive, field.fields))


FormField.model_rebuild()

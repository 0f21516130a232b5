"""The sheets of what a procedure is called, for whom it is, where it is dealt with and how it goes."""

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.procedure import AgencySort, Competence, Definition, LinkedPart, SequenceStep
from camaug.catalogue.drafting.entries import Entry, Kind, Listing, Sheet
from camaug.catalogue.drafting.sheets.sourcing import english, sourced

NAMES = Sheet(
    _("Names and texts"),
    Definition,
    (
        Entry("name", _("Official name")),
        Entry("plain_name", _("Name in plain words"), hint=_("As people call it, for example Xin phép xây nhà")),
        Entry("summary", _("What it is, in two sentences"), Kind.LONG),
        Entry("keywords", _("What people search for"), Kind.LINES, hint=_("One a line")),
        Entry("field", _("Field of work"), Kind.CHOICE, choices="fields"),
        Entry("life_events", _("Life events"), Kind.CHOICES, choices="life_events"),
        Entry("national_code.value", _("National code"), none=True, hint=_("For example 1.001193")),
        *sourced("national_code."),
        english("name_en", _("Official name")),
        english("plain_name_en", _("Name in plain words")),
        english("summary_en", _("What it is, in two sentences"), Kind.LONG),
    ),
)
WAYS = Sheet(
    _("Who applies, and how"),
    Definition,
    (
        Entry("applicants", _("Applicants"), Kind.CHOICES, choices="applicants"),
        Entry("who_may_apply", _("Who can apply"), Kind.LONG),
        Entry("conditions", _("Conditions"), Kind.LINES, hint=_("One a line")),
        Entry("before_you_start", _("What to have at hand before one starts"), Kind.LINES, hint=_("One a line")),
        Entry("channels", _("How to apply"), Kind.CHOICES, choices="channels"),
        Entry("online_level", _("Online"), Kind.CHOICE, choices="online_levels"),
        Entry("online_level_reason", _("Why not all of it is online"), Kind.LONG),
        Entry("part_only", _("Is only applied for as a part of another procedure"), Kind.YES),
        english("who_may_apply_en", _("Who can apply"), Kind.LONG),
        english("conditions_en", _("Conditions"), Kind.LINES),
        english("before_you_start_en", _("What to have at hand before one starts"), Kind.LINES),
        english("online_level_reason_en", _("Why not all of it is online"), Kind.LONG),
    ),
)
COMPETENCE = Sheet(
    _("Competence"),
    Competence,
    (
        Entry("level", _("Level that decides"), Kind.CHOICE, choices="levels"),
        Entry("competent", _("Deciding agency"), Kind.CHOICE, choices="competent"),
        Entry("rule", _("The rule in words"), Kind.LONG),
        *sourced(),
    ),
    (Listing("receiving", _("Agencies that receive"), _("Add a sort of agency"), {"kind": "PEOPLES_COMMITTEE"}),),
    prefix=("competence",),
)
RECEIVING = Sheet(
    _("Agencies that receive"),
    AgencySort,
    (
        Entry("kind", _("Kind of agency"), Kind.CHOICE, choices="kinds"),
        Entry("level", _("Level"), Kind.CHOICE, choices="levels", hint=_("Empty: of any level")),
    ),
    key="kind",
)
SEQUENCE = Sheet(
    _("How it goes"),
    Definition,
    listings=(Listing("sequence", _("Steps as the citizen is told"), _("Add a step"), {"title": "", "text": ""}),),
)
SEQUENCE_STEP = Sheet(
    _("Step as the citizen is told"),
    SequenceStep,
    (
        Entry("title", _("Title")),
        Entry("text", _("Text"), Kind.LONG),
        english("title_en", _("Title")),
        english("text_en", _("Text"), Kind.LONG),
    ),
    key="title",
)
LINKED = Sheet(
    _("Procedures opened together"),
    Definition,
    listings=(Listing("parts", _("Parts of the application"), _("Add a part"), {"id": "", "procedure": ""}),),
)
LINKED_PART = Sheet(
    _("Part of the application"),
    LinkedPart,
    (
        Entry("id", _("Short name"), hint=_("Small letters, figures and hyphens; names it in other places")),
        Entry("procedure", _("Procedure"), Kind.CHOICE, choices="procedures"),
        Entry("receiving", _("Agency that receives it"), Kind.CHOICE, choices="step_agencies"),
        Entry("after", _("Begins after these parts"), Kind.CHOICES, choices="parts"),
        Entry("answers", _("Answers taken over"), Kind.PAIRS, hint=_("One a line: its field = field of this form")),
    ),
)

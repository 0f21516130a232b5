"""The sheets of the form: its head, sections, pages, questions, options and checks."""

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.eform import Check, EForm, FormField, Option, Page, Section
from camaug.catalogue.drafting.entries import Entry, Kind, Listing, Sheet
from camaug.catalogue.drafting.sheets.sourcing import english, sourced

RARE = _("Rarely needed")
LEAD = _("How long ahead one applies")
NEW_FIELD = {"id": "", "label": "", "type": "TEXT"}

FORM = Sheet(
    _("Head of the form"),
    EForm,
    (
        Entry("title", _("Title of the form")),
        Entry("form_number", _("Number of the legal form")),
        Entry("addressee", _("Addressed to")),
        Entry("declaration", _("Statement above the signature"), Kind.LONG),
        Entry("signed_by", _("Signed as")),
        *sourced(),
        english("title_en", _("Title of the form")),
    ),
    prefix=("form",),
)
SECTION = Sheet(
    _("Section of the form"),
    Section,
    (Entry("title", _("Title")), Entry("id", _("Short name")), english("title_en", _("Title"))),
)
PAGE = Sheet(
    _("Page of the form"),
    Page,
    (
        Entry("title", _("Title")),
        Entry("id", _("Short name")),
        Entry("hint", _("Hint")),
        Entry("when", _("Asked when"), Kind.CONDITION),
        english("title_en", _("Title")),
        english("hint_en", _("Hint")),
    ),
)
FIELD = Sheet(
    _("Question"),
    FormField,
    (
        Entry("label", _("Label as on the official form")),
        Entry("ask", _("Question in plain words")),
        Entry("hint", _("Hint")),
        Entry("id", _("Short name"), hint=_("Small letters, figures and _; names the answer in conditions")),
        Entry("type", _("Kind of answer"), Kind.CHOICE, choices="field_types"),
        Entry("required", _("Must be answered"), Kind.YES),
        Entry("when", _("Asked when"), Kind.CONDITION),
        Entry("parts", _("What is asked of the person"), Kind.CHOICES, choices="person_parts"),
        Entry("required_parts", _("What must be said of the person"), Kind.CHOICES, choices="person_parts"),
        Entry("prefill", _("First value"), Kind.CHOICE, choices="prefills", none=True),
        Entry("printed", _("Is printed on the official form"), Kind.YES),
        Entry(
            "sensitive",
            _("Sensitive personal data"),
            Kind.YES,
            hint=_("Health, disability, criminal record, social aid: kept encrypted, not found by searching"),
        ),
        Entry("min", _("Least number"), Kind.NUMBER, none=True, fold=RARE),
        Entry("max", _("Greatest number"), Kind.NUMBER, none=True, fold=RARE),
        Entry("max_length", _("Most letters"), Kind.NUMBER, none=True, fold=RARE),
        Entry("past", _("Only a day in the past"), Kind.YES, fold=RARE),
        Entry("future", _("Only a day to come"), Kind.YES, fold=RARE),
        Entry("lead.amount", _("So long before that day one has to apply"), Kind.NUMBER, none=True, fold=LEAD),
        Entry("lead.unit", _("Unit"), Kind.CHOICE, choices="lead_units", none=True, fold=LEAD),
        Entry("lead.source", _("Source"), fold=LEAD),
        Entry("lead.confidence", _("Confidence"), Kind.CHOICE, choices="confidence", none=True, fold=LEAD),
        Entry("lead.verify", _("No text at hand confirms this yet"), Kind.YES, fold=LEAD),
        Entry("at_least", _("At least so many rows"), Kind.NUMBER, fold=RARE),
        Entry("at_most", _("At most so many rows"), Kind.NUMBER, none=True, fold=RARE),
        Entry("exactly_one", _("Exactly one row has this ticked"), fold=RARE),
        Entry("row", _("What one row is called"), fold=RARE),
        Entry("words", _("Printed in words too"), Kind.YES, fold=RARE),
        Entry("capitals", _("Printed in capital letters"), Kind.YES, fold=RARE),
        Entry("copied.when", _("Is a person described before, when"), Kind.CONDITION, fold=RARE),
        Entry(
            "copied.parts",
            _("Which earlier answers are copied"),
            Kind.PAIRS,
            hint=_("One a line: part = field"),
            fold=RARE,
        ),
        english("label_en", _("Label as on the official form")),
        english("ask_en", _("Question in plain words")),
        english("hint_en", _("Hint")),
        english("row_en", _("What one row is called")),
    ),
    (
        Listing("options", _("Choices"), _("Add a choice"), {"id": "", "label": ""}),
        Listing("fields", _("Questions of one row"), _("Add a question"), NEW_FIELD),
        Listing("checks", _("Checks"), _("Add a check"), {"when": None, "sentence": ""}),
    ),
)
OPTION = Sheet(
    _("Choice"),
    Option,
    (
        Entry("label", _("Label")),
        Entry("id", _("Short name")),
        Entry("hint", _("Hint")),
        english("label_en", _("Label")),
    ),
)
CHECK = Sheet(
    _("Check"),
    Check,
    (
        Entry("when", _("Refused when"), Kind.CONDITION),
        Entry("sentence", _("What is said then"), Kind.LONG),
        english("sentence_en", _("What is said then"), Kind.LONG),
    ),
    key="sentence",
)

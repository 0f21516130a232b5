"""The sheets of papers, time limits, fees, results and legal basis."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from camaug.catalogue.definition.fees import Band, Case, FeeRule, Tier, Waiver
from camaug.catalogue.definition.limits import TimeLimit
from camaug.catalogue.definition.papers import Paper
from camaug.catalogue.definition.procedure import Definition, LegalBasis, Result, SheetLine
from camaug.catalogue.drafting.entries import Entry, Kind, Listing, Sheet
from camaug.catalogue.drafting.sheets.sourcing import english, sourced

ID = Entry("id", _("Short name"), hint=_("Small letters, figures and hyphens; names it in other places"))
UNSOURCED: dict[str, Any] = {"source": "", "confidence": None, "verify": False}
ABROAD = _("At missions abroad")
WORDING = _("What the shared sheets say (permit, decision, letter)")
NAMING = _("{field} stands for that answer, {signed} for the day of signing, {until} for the day on which it ends")
DATED = (
    Entry("valid_from", _("Holds from"), Kind.DAY, hint=_("Empty: as long as the version holds")),
    Entry("valid_until", _("Holds until (exclusive)"), Kind.DAY),
)

PAPERS = Sheet(
    _("Papers"),
    Definition,
    (Entry("sets", _("Sets of papers"), Kind.NUMBER),),
    (Listing("papers", _("Papers"), _("Add a paper"), {"id": "", "name": "", **UNSOURCED}),),
)
PAPER = Sheet(
    _("Paper"),
    Paper,
    (
        Entry("name", _("Name of the paper")),
        ID,
        Entry("hint", _("Hint"), Kind.LONG),
        Entry("form", _("What may be handed in"), Kind.CHOICE, choices="paper_forms"),
        Entry("submission", _("What becomes of it"), Kind.CHOICE, choices="submissions"),
        Entry("originals", _("Originals"), Kind.NUMBER),
        Entry("copies", _("Copies"), Kind.NUMBER),
        Entry("optional", _("Its lack blocks nothing"), Kind.YES),
        Entry("when", _("Needed when"), Kind.CONDITION),
        Entry("when_text", _("Needed when, in words")),
        Entry("replaced_by", _("Database whose data may stand in its place")),
        Entry("replaced_when", _("Replaced by these data when"), Kind.CONDITION),
        Entry("declaration", _("The form itself yields it"), Kind.YES),
        Entry("form_number", _("Number of the legal form")),
        Entry("identity", _("Somebody could pass for another with it"), Kind.YES),
        *sourced(),
        english("name_en", _("Name of the paper")),
        english("hint_en", _("Hint"), Kind.LONG),
        english("when_text_en", _("Needed when, in words")),
    ),
)
LIMITS = Sheet(
    _("Time limits"),
    Definition,
    listings=(
        Listing(
            "limits",
            _("Time limits"),
            _("Add a time limit"),
            {"amount": None, "unit": "WORKING_DAYS", **UNSOURCED},
        ),
    ),
)
LIMIT = Sheet(
    _("Time limit"),
    TimeLimit,
    (
        Entry(
            "amount", _("Amount"), Kind.NUMBER, hint=_("0 means the same day; empty where no text says it"), none=True
        ),
        Entry("unit", _("Unit"), Kind.CHOICE, choices="units"),
        Entry("channels", _("Ways of applying"), Kind.CHOICES, choices="channels", hint=_("None: all ways")),
        Entry("when", _("Only for cases in which"), Kind.CONDITION),
        Entry("when_text", _("For which cases, in words")),
        Entry("cutoff", _("Hour after which it is late in the day"), Kind.TIME, hint=_("For example 15:00")),
        Entry("cutoff_effect", _("What is late in the day"), Kind.CHOICE, choices="cutoff_effects", none=True),
        Entry("note", _("Note"), Kind.LONG),
        *DATED,
        *sourced(),
        english("note_en", _("Note"), Kind.LONG),
        english("when_text_en", _("For which cases, in words")),
    ),
    key="",
)
FEES = Sheet(
    _("Fees"),
    Definition,
    (
        Entry("fee_note", _("What the citizen is told of the fees"), Kind.LONG),
        english("fee_note_en", _("What the citizen is told of the fees"), Kind.LONG),
    ),
    (
        Listing(
            "fees",
            _("Fees"),
            _("Add a fee"),
            {"id": "", "name": "", "kind": "CHARGE", "calculation": {"kind": "FIXED", "amount": None}, **UNSOURCED},
        ),
    ),
)
FEE = Sheet(
    _("Fee"),
    FeeRule,
    (
        Entry("name", _("Name of the fee")),
        ID,
        Entry("kind", _("Kind"), Kind.CHOICE, choices="fee_kinds"),
        Entry("calculation.kind", _("How the sum is found"), Kind.CHOICE, choices="calculations"),
        Entry("calculation.amount", _("Sum"), Kind.MONEY, hint=_("Empty where no text says it"), none=True),
        Entry("calculation.of", _("Counted by"), Kind.CHOICE, choices="numbers"),
        Entry("calculation.times", _("The whole times"), Kind.CHOICE, choices="numbers", none=True),
        Entry("calculation.ceiling", _("At most"), Kind.MONEY, none=True),
        Entry("foreign.amount", _("Sum"), Kind.NUMBER, none=True, fold=ABROAD),
        Entry("foreign.currency", _("Currency"), hint=_("For example USD"), fold=ABROAD),
        Entry("foreign.per", _("For each"), fold=ABROAD),
        Entry("foreign.per_en", _("For each, in English"), fold=ABROAD),
        Entry("due", _("When it is owed"), Kind.CHOICE, choices="due"),
        Entry("refundable", _("It is paid back when the application is withdrawn"), Kind.YES),
        Entry("channels", _("Ways of applying"), Kind.CHOICES, choices="channels", hint=_("None: all ways")),
        Entry("when", _("Owed when"), Kind.CONDITION),
        Entry("note", _("Note"), Kind.LONG),
        *DATED,
        *sourced(),
        english("name_en", _("Name of the fee")),
        english("note_en", _("Note"), Kind.LONG),
    ),
    (
        Listing("calculation.tiers", _("Steps of the price"), _("Add a step"), {"up_to": None, "amount": 0}),
        Listing("calculation.bands", _("Sums by size"), _("Add a size"), {"up_to": None, "amount": None}),
        Listing("calculation.cases", _("Sums by case"), _("Add a case"), {"name": "", "when": None, "amount": None}),
        Listing(
            "waivers",
            _("Who pays less"),
            _("Add a waiver"),
            {"id": "", "name": "", "when": None, "share": 100, **UNSOURCED},
        ),
    ),
)
TIER = Sheet(
    _("Step of the price"),
    Tier,
    (
        Entry("up_to", _("Up to this number"), Kind.NUMBER, hint=_("Empty: all the rest"), none=True),
        Entry("amount", _("Sum for each"), Kind.MONEY),
    ),
    key="",
)
BAND = Sheet(
    _("Sum by size"),
    Band,
    (
        Entry("up_to", _("Up to this number"), Kind.NUMBER, hint=_("Empty: all the rest"), none=True),
        Entry("amount", _("Sum"), Kind.MONEY, hint=_("Empty where no text says it"), none=True),
    ),
    key="",
)
CASE = Sheet(
    _("Sum by case"),
    Case,
    (
        Entry("name", _("For whom, or where")),
        Entry("when", _("Holds when"), Kind.CONDITION),
        Entry("amount", _("Sum"), Kind.MONEY, hint=_("Empty where no text says it"), none=True),
        english("name_en", _("For whom, or where")),
    ),
    key="name",
)
WAIVER = Sheet(
    _("Waiver"),
    Waiver,
    (
        Entry("name", _("Who")),
        ID,
        Entry("when", _("Pays less when"), Kind.CONDITION),
        Entry("channels", _("Ways of applying"), Kind.CHOICES, choices="channels", hint=_("None: all ways")),
        Entry("share", _("Percent taken off"), Kind.NUMBER),
        *DATED,
        *sourced(),
        english("name_en", _("Who")),
    ),
)
RESULTS = Sheet(
    _("Results"),
    Definition,
    listings=(
        Listing(
            "results",
            _("Results"),
            _("Add a result"),
            {"id": "", "name": "", "book": "", "sheet": "", "number_pattern": "{number:02d}", **UNSOURCED},
        ),
    ),
)
RESULT = Sheet(
    _("Result"),
    Result,
    (
        Entry("name", _("Name of the result")),
        ID,
        Entry("kind", _("Kind"), Kind.CHOICE, choices="result_kinds"),
        Entry("national_code", _("National code"), hint=_("For example KQ.G17.000311")),
        Entry("book", _("Register whose numbers it takes")),
        Entry("number_pattern", _("Pattern of its number"), hint=_("For example {number:02d}/GPXD")),
        Entry("sheet", _("Print template")),
        Entry("wording.title", _("Title on the sheet"), fold=WORDING),
        Entry("wording.about", _("Under the title"), Kind.LONG, hint=NAMING, fold=WORDING),
        Entry("wording.grounds", _("Grounds of the decision"), Kind.LINES, hint=_("One a line"), fold=WORDING),
        Entry("wording.opening", _("Before the lines"), Kind.LONG, hint=NAMING, fold=WORDING),
        Entry("wording.closing", _("After the lines, or the articles"), Kind.LINES, hint=_("One a line"), fold=WORDING),
        Entry("wording.copies_to", _("Copies go to"), Kind.LINES, hint=_("One a line"), fold=WORDING),
        Entry("wording.role", _("Above the signer's position"), fold=WORDING),
        Entry("wording.lasts_months", _("Months until it ends"), Kind.NUMBER, none=True, fold=WORDING),
        *sourced(),
        english("name_en", _("Name of the result")),
    ),
    (Listing("wording.lines", _("Lines on the sheet"), _("Add a line"), {"label": "", "of": ""}),),
)
SHEET_LINE = Sheet(
    _("Line on the sheet"),
    SheetLine,
    (
        Entry("label", _("Label")),
        Entry(
            "of", _("Answer"), Kind.CHOICE, choices="answers", hint=_("None: the text below; without both, a heading")
        ),
        Entry("text", _("Text"), Kind.LONG, hint=NAMING),
        Entry("capitals", _("Printed in capital letters"), Kind.YES),
        Entry("words", _("Printed in words too"), Kind.YES),
        Entry("blank", _("Left open for the officer's hand where nothing was answered"), Kind.YES),
        Entry("beside", _("Stands beside the line before"), Kind.YES),
    ),
    key="label",
)
BASIS = Sheet(
    _("Legal basis"),
    Definition,
    listings=(Listing("basis", _("Legal basis"), _("Add a text of law"), {"document": "", **UNSOURCED}),),
)
LEGAL_TEXT = Sheet(
    _("Text of law"),
    LegalBasis,
    (
        Entry("document", _("Number of the text")),
        Entry("title", _("Title"), Kind.LONG),
        Entry("articles", _("Articles")),
        *sourced(),
    ),
    key="document",
)

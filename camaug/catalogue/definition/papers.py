"""The papers of a dossier (thành phần hồ sơ)."""

from enum import StrEnum

from camaug.catalogue.definition.conditions import Condition
from camaug.catalogue.definition.sourcing import Sourced


class PaperForm(StrEnum):
    """What may be handed in."""

    ORIGINAL = "ORIGINAL"
    COPY = "COPY"
    ORIGINAL_OR_COPY = "ORIGINAL_OR_COPY"
    ELECTRONIC = "ELECTRONIC"


class Submission(StrEnum):
    """Whether the paper stays in the dossier, is only shown, or is given up when the result is handed out."""

    FILED = "FILED"
    SHOWN = "SHOWN"
    SURRENDERED = "SURRENDERED"


class Paper(Sourced):
    """One paper: required always (`when` empty), or when the condition over the answers holds; `optional` never blocks.

    `replaced_by` names the database whose data may stand in its place, and do so from the start where `replaced_when`
    holds; `declaration` marks the tờ khai that the e-form itself yields, so that nobody uploads it;
    `identity` a paper by which somebody could pass for another: officers see copies that say what they are for.
    """

    id: str
    name: str
    name_en: str = ""
    hint: str = ""
    hint_en: str = ""
    form: PaperForm = PaperForm.ORIGINAL_OR_COPY
    submission: Submission = Submission.FILED
    originals: int = 0
    copies: int = 0
    optional: bool = False
    when: Condition | None = None
    when_text: str = ""
    when_text_en: str = ""
    replaced_by: str = ""
    replaced_when: Condition | None = None
    declaration: bool = False
    form_number: str = ""
    identity: bool = False

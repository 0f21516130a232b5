from dataclasses import dataclass
from datetime import date

from camaug.catalogue.definition.conditions import Answers, as_of
from camaug.catalogue.definition.fees import FeeItem, fees_of
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.papers import Paper, Submission
from camaug.catalogue.definition.procedure import Definition


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """A paper that concerns this case: `required` blocks while it is missing, `replaced` means data stand for it."""

    paper: Paper
    required: bool
    replaced: bool

    @property
    def to_file(self) -> bool:
        """Whether the applicant has to file it: no data stand for it, and the e-form does not yield it."""
        by_data = self.replaced or (self.paper.replaced_by and self.paper.replaced_when is None)
        kept = self.paper.submission == Submission.FILED
        return self.required and kept and not (self.paper.declaration or by_data)


def fees(definition: Definition, answers: Answers, channel: Channel, on: date) -> tuple[FeeItem, ...]:
    """What a case with these answers owes; an item's amount is None where no text at hand says it."""
    return fees_of(definition.fees, answers, channel=channel, on=on)


def papers(definition: Definition, answers: Answers, on: date) -> tuple[PaperNeed, ...]:
    """The papers that these answers call for, in the procedure's order."""
    dated = as_of(answers, on)
    return tuple(
        PaperNeed(
            paper=paper,
            required=not paper.optional,
            replaced=paper.replaced_when is not None and paper.replaced_when.holds(dated),
        )
        for paper in definition.papers
        if paper.when is None or paper.when.holds(dated)
    )

"""What was declared, as an officer reads it: answers in full, what was left open in one line."""

from dataclasses import dataclass

from django.utils.translation import get_language

from camaug.cases.queries import CasePage
from camaug.catalogue.forms.summary import SummaryRow, summary


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form: `rows` with an answer, `unanswered` the labels of those without."""

    title: str
    rows: tuple[SummaryRow, ...]
    unanswered: tuple[str, ...]


def content(page: CasePage) -> tuple[Part, ...]:
    """The parts of the declaration."""
    told = summary(page.definition.form, page.case.answers, language=get_language() or "vi")
    return tuple(
        Part(
            part.title,
            tuple(row for row in part.rows if row.text),
            tuple(row.label.rstrip(":") for row in part.rows if not row.text and not row.part),
        )
        for part in told
    )

"""Results whose words the procedure itself brings: permits, decisions and letters on sheets that many share."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.facts import Sheet
from camaug.catalogue.definition.procedure import PLACEHOLDER, Result, Wording
from camaug.catalogue.forms.summary import SummaryRow, in_words, summary
from camaug.catalogue.queries import definition
from camaug.ui.vietnamese import long_date

type Told = Mapping[str, SummaryRow]


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A line of the sheet: `words` is the sum or number written out; `head` and `rows` are a table instead of text."""

    label: str
    text: str = ""
    words: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Worded(Sheet):
    """What a permit, a decision or a letter says. `authority` is who decides, in capitals, as a decision names him."""

    title: str
    about: str = ""
    authority: str = ""
    grounds: tuple[str, ...] = ()
    opening: str = ""
    lines: tuple[Stated, ...] = ()
    closing: tuple[str, ...] = ()
    recipient: str = ""
    copies_to: tuple[str, ...] = ()


def worded(case: Case, result: Result, head: dict[str, Any]) -> Sheet:
    """What the result says, by the words that the procedure gives for it."""
    wording = result.wording or Wording()
    form = definition(case.version_id).form
    told = {row.path: row for section in summary(form, case.answers, language="vi") for row in section.rows}
    values = {field.id: (field, case.answers.get(field.id)) for field in form.fields()}
    fill = _filler(told, head["signed_date"], wording.lasts_months)

    def stated(label: str, path: str, capitals: bool, words: bool) -> Stated:
        row = told[path]
        table = row.table
        return Stated(
            label=label,
            text="" if table else (row.text.upper() if capitals else row.text),
            words=in_words(*values[path]) if words and path in values else "",
            head=table.head if table else (),
            rows=table.rows if table else (),
        )

    return Worded(
        **head,
        title=wording.title or result.name,
        about=fill(wording.about),
        authority=_authority(head),
        grounds=wording.grounds,
        opening=fill(wording.opening),
        lines=tuple(
            stated(line.label, line.of, line.capitals, line.words)
            for line in wording.lines
            if line.of in told and told[line.of].text
        ),
        closing=tuple(fill(text) for text in wording.closing),
        recipient=case.applicant_name,
        copies_to=wording.copies_to,
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _filler(told: Told, signed: date, lasts: int | None) -> Callable[[str], str]:
    spoken = {name: row.text for name, row in told.items()} | {"signed": long_date(signed)}
    if lasts is not None:
        spoken["until"] = long_date(months_after(signed, lasts))
    return lambda text: PLACEHOLDER.sub(lambda name: spoken.get(name[1], ""), text)


def _authority(head: dict[str, Any]) -> str:
    """“CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NGỌC HIỂN”: the head of the agency, also where a deputy signs."""
    title = head["signer_lines"][0]
    title = (title.partition(". ")[2] or title).partition(" ỦY BAN NHÂN DÂN")[0]
    return f"{title} {head['office'].name}".upper()

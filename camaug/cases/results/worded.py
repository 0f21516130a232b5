"""Results whose words the procedure itself brings: permits, decisions and letters on sheets that many share."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.cases.models import Case
from camaug.cases.results.facts import Sheet
from camaug.cases.slips.offices import full_name
from camaug.catalogue.definition.procedure import PLACEHOLDER, Result, SheetLine, Wording
from camaug.catalogue.forms.summary import SummaryRow, in_words, summary
from camaug.catalogue.queries import definition
from camaug.ui.vietnamese import long_date

type Told = Mapping[str, SummaryRow]


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A line of the sheet: `words` is the sum or number written out; `head` and `rows` are a table instead of text.

    `heading`: it stands over the lines that follow; `blank`: open for the hand of the officer; `beside`: in one row
    with the line before.
    """

    label: str
    text: str = ""
    words: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    heading: bool = False
    blank: bool = False
    beside: bool = False


@dataclass(frozen=True, kw_only=True)
class Worded(Sheet):
    """What a permit, a decision, an extract or a letter says. `authority` is who decides, in capitals, as a decision
    names him; `role` as what the one who signs signs.
    """

    title: str
    about: str = ""
    authority: str = ""
    grounds: tuple[str, ...] = ()
    opening: str = ""
    lines: tuple[Stated, ...] = ()
    closing: tuple[str, ...] = ()
    recipient: str = ""
    copies_to: tuple[str, ...] = ()
    role: str = ""

    @property
    def rows(self) -> tuple[tuple[Stated, ...], ...]:
        """The lines, those that stand beside each other together."""
        rows: list[tuple[Stated, ...]] = []
        for line in self.lines:
            if line.beside and rows:
                rows[-1] = (*rows[-1], line)
            else:
                rows.append((line,))
        return tuple(rows)


def worded(case: Case, result: Result, head: dict[str, Any]) -> Sheet:
    """What the result says, by the words that the procedure gives for it."""
    wording = result.wording or Wording()
    form = definition(case.version_id).form
    told = {row.path: row for section in summary(form, case.answers, language="vi") for row in section.rows}
    fields = {field.id: field for field in form.fields()}
    fill = _filler(told, _known(case, head, wording.lasts_months))

    def words(path: str) -> str:
        return in_words(fields[path], case.answers.get(path)) if path in fields else ""

    return Worded(
        **head,
        title=wording.title or result.name,
        about=fill(wording.about),
        authority=_authority(head),
        grounds=wording.grounds,
        opening=fill(wording.opening),
        lines=tuple(_stated(line, told, fill, words) for line in wording.lines if _stands(line, told)),
        closing=tuple(fill(text) for text in wording.closing),
        recipient=case.applicant_name,
        copies_to=wording.copies_to,
        role=wording.role,
    )


def _stands(line: SheetLine, told: Told) -> bool:
    """Whether the line has anything to say, or waits for the officer's hand."""
    return line.blank or not line.of or bool(line.of in told and told[line.of].text)


def _stated(line: SheetLine, told: Told, fill: Callable[[str], str], words: Callable[[str], str]) -> Stated:
    row = told.get(line.of)
    table = row.table if row else None
    text = fill(line.text) if row is None else row.text
    return Stated(
        label=line.label,
        text="" if table else (text.upper() if line.capitals else text),
        words=words(line.of) if line.words else "",
        head=table.head if table else (),
        rows=table.rows if table else (),
        heading=not (line.of or line.text or line.blank),
        blank=line.blank and not text,
        beside=line.beside,
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _known(case: Case, head: dict[str, Any], lasts: int | None) -> dict[str, str]:
    """What a wording may name that is no answer."""
    signed = head["signed_date"]
    known: dict[str, str] = {
        "signed": long_date(signed),
        "year": str(signed.year),
        "number": head["number"],
        "signer": head["signer"],
        "position": head["signer_title"],
        "agency": full_name(case.competent_agency_id, signed) if case.competent_agency_id else head["office"].name,
    }
    return known if lasts is None else known | {"until": long_date(months_after(signed, lasts))}


def _filler(told: Told, known: Mapping[str, str]) -> Callable[[str], str]:
    spoken = {**{name: _lines_joined(row.text) for name, row in told.items()}, **known}
    return lambda text: PLACEHOLDER.sub(lambda name: spoken.get(name[1], ""), text)


def _lines_joined(text: str) -> str:
    """The rows of a GROUP, which come as lines, in one sentence."""
    return "; ".join(text.splitlines())


def _authority(head: dict[str, Any]) -> str:
    """“CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NGỌC HIỂN”: the head of the agency, also where a deputy signs."""
    title = head["signer_lines"][0]
    title = (title.partition(". ")[2] or title).partition(" ỦY BAN NHÂN DÂN")[0]
    return f"{title} {head['office'].name}".upper()

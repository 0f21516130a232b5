"""The printed declaration (tờ khai) of the answers, A4, as the official form is laid out. Always Vietnamese."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.forms.summary import SummaryRow, summary
from camaug.ui.vietnamese import long_date

TEMPLATE = "catalogue/forms/declaration.html"
type Head = tuple[str, str]
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class DeclarationRow:
    """A row of the sheet. `number` is empty for what belongs to the row above;"""

    number: str
    row: SummaryRow

    @property
    def label(self) -> str:
        """The official label with its colon, unless it ends in a sign of its own."""
        return self.row.label if self.row.label.endswith(("?", ":", ".")) else f"{self.row.label}:"


@dataclass(frozen=True, slots=True)
class DeclarationSection:
    """A part of the sheet; its title is left out where the form has a single part."""

    title: str
    rows: tuple[DeclarationRow, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the sheet shows: `place_and_date` above the signature, `signed_by` says as what, `signer` is the name."""

    title: str
    form_number: str
    addressee: str
    sections: tuple[DeclarationSection, ...]
    statement: str
    place_and_date: str
    signed_by: str
    signer: str
    heading: str = NATION
    motto: str = MOTTO


def declaration(
    form: EForm,
    answers: Mapping[str, Any],
    *,
    addressee: str,
    place: str,
    on: date,
    signer: str = "",
    head: Head = (NATION, MOTTO),
) -> Declaration:
    """The sheet's content. `addressee`: the agency (Kính gửi); `place` and `on`: where and when it is made; `head`: the
    heading and the motto of the body to which it goes.
    """
    told = summary(form, answers, language="vi", printed=True)
    rows = _numbered([section.rows for section in told])
    sections = tuple(
        DeclarationSection(section.title if len(told) > 1 else "", tuple(next(rows) for _row in section.rows))
        for section in told
    )
    return Declaration(
        title=form.title,
        form_number=form.form_number,
        addressee=addressee or form.addressee,
        sections=sections,
        statement=form.declaration,
        place_and_date=f"{place}, {long_date(on)}" if place else long_date(on).capitalize(),
        signed_by=form.signed_by,
        signer=signer,
        heading=head[0],
        motto=head[1],
    )


def declaration_html(
    form: EForm,
    answers: Mapping[str, Any],
    *,
    addressee: str,
    place: str,
    on: date,
    signer: str = "",
    head: Head = (NATION, MOTTO),
) -> str:
    """The sheet as one HTML document with its own print styles."""
    sheet = declaration(form, answers, addressee=addressee, place=place, on=on, signer=signer, head=head)
    with override("vi"):
        return render_to_string(TEMPLATE, {"sheet": sheet})


def declaration_pdf(
    form: EForm,
    answers: Mapping[str, Any],
    *,
    addressee: str,
    place: str,
    on: date,
    signer: str = "",
    head: Head = (NATION, MOTTO),
) -> bytes:
    """The sheet as PDF."""
    from weasyprint import HTML  # a quarter of a second to import, and only printing needs it

    html = declaration_html(form, answers, addressee=addressee, place=place, on=on, signer=signer, head=head)
    pdf: bytes = HTML(string=html).write_pdf(pdf_tags=True)
    return pdf


def _numbered(sections: list[tuple[SummaryRow, ...]]) -> Iterator[DeclarationRow]:
    number = 0
    for rows in sections:
        for row in rows:
            number += not row.part
            yield DeclarationRow("" if row.part else str(number), row)

"""The fixed parts of a workbook (ECMA-376) that the streaming writer packs: types, styles, heads of sheets."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

PLAIN, TITLE, HEAD, TEXT, NUMBER, MOMENT, DAY = range(7)
"""Styles by their place in STYLES."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/></Types>'
)
"""What is not named is a sheet: how many there will be is known only at the end."""
ROOT = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_FONT = '<name val="Times New Roman"/><family val="1"/>'
_BOX = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
_BOXED = 'borderId="1" applyBorder="1" applyAlignment="1"'
STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>'
    f'<fonts count="3"><font><sz val="11"/>{_FONT}</font><font><b/><sz val="14"/>{_FONT}</font>'
    f'<font><b/><sz val="11"/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_BOX}<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    f'<xf numFmtId="49" fontId="2" fillId="0" {_BOXED} xfId="0" applyFont="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    f'<xf numFmtId="49" fontId="0" fillId="0" {_BOXED} xfId="0" applyNumberFormat="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    f'<xf numFmtId="1" fontId="0" fillId="0" {_BOXED} xfId="0" applyNumberFormat="1"><alignment vertical="top"/></xf>'
    f'<xf numFmtId="164" fontId="0" fillId="0" {_BOXED} xfId="0" applyNumberFormat="1"><alignment vertical="top"/></xf>'
    f'<xf numFmtId="165" fontId="0" fillId="0" {_BOXED} xfId="0" applyNumberFormat="1"><alignment vertical="top"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
FIXED = {"[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "xl/styles.xml": STYLES}
"""The same in every workbook, by where they lie in it."""
CLOSING = (
    b'</sheetData><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    b'<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    b"<headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter></worksheet>"
)


def opening(widths: Sequence[int], head: int) -> str:
    """A sheet up to its first row: `head` is the row of its heads, which stays when one scrolls."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    pane = f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def workbook(name: str, sheets: int, head: int) -> str:
    """The list of sheets, each printing the row of its heads on every page."""
    names = [name[:28] if number == 1 else f"{name[:26]} ({number})" for number in range(1, sheets + 1)]
    listed = "".join(
        f'<sheet name={quoteattr(one)} sheetId="{number}" r:id="rId{number}"/>'
        for number, one in enumerate(names, start=1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{_quoted(one)}!${head}:${head}</definedName>'
        for number, one in enumerate(names)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
        f"<definedNames>{titles}</definedNames></workbook>"
    )


def relations(sheets: int) -> str:
    """Where the sheets and styles of the workbook lie."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}{styles}</Relationships>'


def _quoted(name: str) -> str:
    return escape("'" + name.replace("'", "''") + "'")

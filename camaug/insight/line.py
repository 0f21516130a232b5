from dataclasses import dataclass

from camaug.cases.queries import Figures


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is about, where its own figures stand ("" where nowhere), the figures.

    `group` is the code of a procedure's field, then its name; the level of an agency.
    """

    key: str
    label: str
    figures: Figures
    href: str = ""
    group: str = ""

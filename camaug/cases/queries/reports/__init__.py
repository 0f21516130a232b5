"""Officers' reports: every number is counted from the cases by the condition that also lists them.

window    the instants of a report, and the three disjoint parts of the cases that it looks at
formula   the columns: names, definitions in words, conditions; dated, with a version
asked     whose cases: agencies, field, procedure
counted   the numbers of each column, by agency, field, procedure or in all
listed    the cases behind a number, page by page or as a stream
rights    whose reports an officer may read
"""

from camaug.cases.queries.reports.asked import Asked, Group
from camaug.cases.queries.reports.counted import Numbers, counted, nothing, together
from camaug.cases.queries.reports.formula import FORMULAS, PUBLIC, Column, Formula, formula_on
from camaug.cases.queries.reports.listed import ReportRow, listed, streamed
from camaug.cases.queries.reports.rights import READING, may_read, readable
from camaug.cases.queries.reports.window import Window, window_of

__all__ = [
    "FORMULAS",
    "PUBLIC",
    "READING",
    "Asked",
    "Column",
    "Formula",
    "Group",
    "Numbers",
    "ReportRow",
    "Window",
    "counted",
    "formula_on",
    "listed",
    "may_read",
    "nothing",
    "readable",
    "streamed",
    "together",
    "window_of",
]

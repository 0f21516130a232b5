"""Words by which somebody looks for persons or cases are sent by POST (`kernel.sought`); what else stands in addresses
in the clear is listed here, field or included part, with what it names.
"""

import re
from collections.abc import Iterator
from pathlib import Path

CAMAUG = Path(__file__).parents[2] / "camaug"
IN_THE_CLEAR = {
    ("access/access/reviews.html", "q"): "agencies",
    ("audit/audit/history.html", "entries"): "how many entries a seal is over",
    ("cases/cases/desk/intake/first.html", "q"): "procedures; who is here is looked for by POST",
    ("cases/cases/portal/office.html", "q"): "offices",
    ("cases/cases/desk/register_book/page.html", "from"): "days",
    ("cases/cases/desk/register_book/page.html", "to"): "days",
    ("catalogue/catalogue/admin/procedures.html", "q"): "procedures",
    ("catalogue/catalogue/portal/agencies.html", "q"): "offices",
    ("catalogue/catalogue/portal/agency.html", "q"): "procedures",
    ("catalogue/catalogue/portal/no_such_procedure.html", "q"): "procedures",
    ("catalogue/catalogue/portal/procedure_where.html", "where"): "places",
    ("desk/desk/inbox.html", "desk/rows.html"): "ids of cases",
    ("insight/insight/agencies.html", "q"): "agencies",
    ("insight/insight/report_form.html", "from"): "days",
    ("insight/insight/report_form.html", "to"): "days",
    ("people/people/admin/able.html", "agency"): "agencies",
    ("people/people/admin/agencies.html", "q"): "agencies",
    ("people/people/desk/rights.html", "day"): "days",
    ("portal/portal/home.html", "q"): "procedures; offices",
    ("portal/portal/procedures.html", "q"): "procedures",
    ("queue/queue/admin/halls.html", "q"): "agencies",
    ("queue/queue/portal/start.html", "q"): "offices",
    ("worktime/worktime/calendar.html", "agency"): "agencies",
    ("worktime/worktime/calendar.html", "worktime/agencies.html"): "agencies",
}
FORM = re.compile(r"<(form|c-filter)\b([^>]*)>(.*?)</\1>", re.DOTALL)
SEARCH = re.compile(r"<c-search\b([^>]*)>")
FIELD = re.compile(r"<(?:input|c-input|textarea|c-textarea|c-date|c-money|c-repeat)\b[^>]*")
INCLUDED = re.compile(r'{% include "([^"]*)"')
UNTYPED = re.compile(r'type="(?:hidden|checkbox|radio|submit)"')
LINK = re.compile(r"\?(?:[^\"'{}]*&(?:amp;)?)?(q|words|number|phone|name|email)=\{\{")


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(CAMAUG.glob("*/templates/**/*.html")):
        place = path.relative_to(CAMAUG)
        if "gallery" not in place.parts and "cotton" not in place.parts:
            yield str(Path(place.parts[0], *place.parts[2:])), path.read_text(encoding="utf-8")


def typed_into_addresses() -> Iterator[tuple[str, str]]:
    for place, text in templates():
        for attributes in SEARCH.findall(text):
            if " post" not in attributes:
                yield place, _name(attributes, "q")
        for kind, attributes, inside in FORM.findall(text):
            if (" post" if kind == "c-filter" else 'method="post"') in attributes:
                continue
            for field in FIELD.findall(inside):
                if not UNTYPED.search(field):
                    yield place, _name(field, "?")
            yield from ((place, part) for part in INCLUDED.findall(inside))


def _name(attributes: str, usual: str) -> str:
    found = re.search(r'\bname="([^"]*)"', attributes)
    return found[1] if found else usual


def test_no_form_puts_words_about_persons_or_cases_into_an_address() -> None:
    assert set(typed_into_addresses()) == IN_THE_CLEAR.keys()


def test_no_link_carries_such_words() -> None:
    links = {(place, found) for place, text in templates() for found in LINK.findall(text)}
    assert links == {("portal/portal/suggestions.html", "q")}, "procedures alone are looked for by a link"

"""Two versions that differ only in an order are told apart by what moved."""

from copy import deepcopy
from datetime import date

import pytest

from camaug.catalogue.drafting.choices import Choices
from camaug.catalogue.drafting.comparing import Sort, compare
from camaug.catalogue.drafting.places import Content
from camaug.catalogue.drafting.tidying import content_of
from tests.unit.catalogue.samples import real

pytestmark = pytest.mark.usefixtures("catalogue")


def swapped(content: Content) -> Content:
    """The first two questions of the first page that has two have changed places."""
    changed: Content = deepcopy(content)
    pages = [page for section in changed["form"]["sections"] for page in section["pages"]]
    fields = next(page["fields"] for page in pages if len(page["fields"]) > 1)
    fields[:2] = fields[1::-1]
    return changed


def test_a_question_that_changed_places_is_the_only_difference() -> None:
    before = content_of(real("dang-ky-ho-kinh-doanh"))
    choices = Choices(before, on=date(2026, 11, 23))
    (part,) = compare(before, swapped(before), choices, choices)
    (change,) = part.changes
    assert (part.code, change.sort, change.before) == ("form", Sort.REORDERED, "")
    assert change.after.startswith("chuyển ")

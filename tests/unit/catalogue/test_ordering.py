"""A list whose order changed is told by what moved, never by the whole order, and by the fewest moves."""

from itertools import permutations

import pytest
from django.utils import translation

from camaug.catalogue.drafting.ordering import reordered


def items(names: str) -> list[dict[str, str]]:
    return [{"id": name, "name": name} for name in names]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("ABCD", "ABCD", []),
        ("ABCD", "BCDA", [("A", "chuyển xuống ngay sau “D”")]),
        ("ABCD", "DABC", [("D", "chuyển lên đầu")]),
        ("ABCD", "ADBC", [("D", "chuyển lên ngay sau “A”")]),
        ("ABCDE", "ACDBE", [("B", "chuyển xuống ngay sau “D”")]),
        ("ABC", "AXBYC", []),
        ("AXBYC", "CAB", [("C", "chuyển lên đầu")]),
    ],
)
def test_what_moved_is_said(before: str, after: str, said: list[tuple[str, str]]) -> None:
    with translation.override("vi"):
        assert [(item["name"], words) for item, words in reordered("id", items(before), items(after))] == said


def test_the_others_stayed_in_their_order() -> None:
    for order in permutations("ABCDE"):
        moved = {item["id"] for item, _words in reordered("id", items("ABCDE"), items("".join(order)))}
        stayed = [name for name in order if name not in moved]
        assert stayed == sorted(stayed)
        assert len(moved) <= 4

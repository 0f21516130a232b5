"""What moved in a list, told by the fewest moves that make the one order out of the other."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from camaug.catalogue.drafting.sheets import heading

type Item = dict[str, Any]


def reordered(key: str, before: Sequence[Item], after: Sequence[Item]) -> Iterator[tuple[Item, str]]:
    """Each item of both lists that moved among them, with where it went in words; in the new order."""
    places = {one.get(key): place for place, one in enumerate(before)}
    kept = [one for one in after if one.get(key) in places]
    old = [places[one.get(key)] for one in kept]
    stay = set(_longest_rise(old))
    for place, item in enumerate(kept):
        if place in stay:
            continue
        up = place < sum(other < old[place] for other in old)
        if place == 0:
            yield item, _("moved up to the first place")
            continue
        words = _("moved up, now right after “{name}”") if up else _("moved down, now right after “{name}”")
        yield item, words.format(name=heading(kept[place - 1]))


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising sequence among different numbers."""
    ends: list[int] = []
    tops: list[int] = []
    behind: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        behind.append(tops[length - 1] if length else -1)
        ends[length : length + 1], tops[length : length + 1] = [number], [place]
    way, place = [], tops[-1] if tops else -1
    while place >= 0:
        way.append(place)
        place = behind[place]
    return way[::-1]

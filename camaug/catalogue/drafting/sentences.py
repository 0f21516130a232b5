"""Two wordings of one sentence as runs of what stayed, went and came, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\s]+")
LIKE = 0.4
"""Wordings less alike than this are read one after the other."""


class Mark(StrEnum):
    """Stayed, went, came."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one mark."""

    mark: Mark
    text: str


def runs(before: str, after: str) -> tuple[Run, ...]:
    """The runs of both wordings; two runs, the old and the new, where they have little in common."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < LIKE:
        whole = ((Mark.GONE, before), (Mark.NEW, after))
        return tuple(Run(mark, text) for mark, text in whole if text)
    found: list[Run] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Run(Mark.SAME, "".join(old[i1:i2])))
            continue
        pair = (Run(Mark.GONE, "".join(old[i1:i2])), Run(Mark.NEW, "".join(new[j1:j2])))
        found += [run for run in pair if run.text]
    return _joined(found)


def _joined(found: list[Run]) -> tuple[Run, ...]:
    """A lone space between two changes belongs to both, so that a changed phrase reads as one."""
    smooth: list[Run] = []
    gone, new = "", ""
    for n, run in enumerate(found):
        lone = run.mark == Mark.SAME and not run.text.strip() and 0 < n < len(found) - 1
        if run.mark == Mark.SAME and not lone:
            smooth += [one for one in (Run(Mark.GONE, gone), Run(Mark.NEW, new)) if one.text.strip()]
            smooth.append(run)
            gone = new = ""
            continue
        gone += run.text if lone or run.mark == Mark.GONE else ""
        new += run.text if lone or run.mark == Mark.NEW else ""
    smooth += [one for one in (Run(Mark.GONE, gone), Run(Mark.NEW, new)) if one.text.strip()]
    return tuple(smooth)

"""The page of a case on the desk, with its history, papers and moves."""

from collections.abc import Sequence
from typing import Any

from camaug.runtime.bench import clients, desk

SIZES = (desk.LARGE,)
CASES = 300


def run(size: int) -> dict[str, Any]:
    """`ratio` is the 95th percentile at `size` to that at ten thousand cases."""
    return {**desk.compared(size, _asking, lambda answer: b"</html>" in answer.body[-200:]), "cases": CASES}


def _asking(officers: Sequence[desk.Officer]) -> list[clients.Request]:
    """The newest cases of each officer's agencies, finished ones too."""
    from django.urls import reverse

    from camaug.cases.models import Case

    found = []
    for one in officers:
        codes = Case.objects.visible_to(one.actor).submitted().order_by("-submitted_at").values_list("code", flat=True)
        found += [clients.Request(reverse("cases:case", args=[code]), one.cookies) for code in codes[: CASES // 3]]
    return found

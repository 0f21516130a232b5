"""The desk's search with a fixed mix: a quarter each codes, numbers, full names and two common words.

What is measured is the page to which the form leads, its words encrypted beforehand as the form does it.
"""

from collections.abc import Sequence
from random import Random
from typing import Any
from urllib.parse import urlencode

from camaug.runtime.bench import clients, desk

SIZES = (desk.LARGE,)
EACH = 40
SEED = 2_026
NAMES = (
    "Nguyễn Thị Lan", "Trần Thị Lan", "Nguyễn Thị Hồng", "Phạm Thị Hồng", "Nguyễn Thị Thảo", "Võ Thị Kim Chi",
    "Nguyễn Thị Nhung", "Trương Thị Mỹ Linh", "Nguyễn Thị Ngân", "Đặng Ngọc Ánh", "Nguyễn Văn An",
    "Nguyễn Thị Kim Ngân", "Nguyễn Văn Hải", "Nguyễn Minh Khôi", "Nguyễn Văn Út", "Ngô Văn Lợi", "Nguyen Van Phong",
    "tran thi huong", "nguyen thi tuyet", "Lý Văn Tâm",
)  # fmt: skip
"""Every other one is of the ten commonest: the commonest family and middle name, of women and of men, since given names
are drawn evenly. Some without accents.
"""
WORDS = (
    "khai sinh", "nguyễn văn", "chứng thực", "nguyễn thị", "bản sao", "đăng ký", "giấy khai", "giấy tờ", "văn bản",
    "dang ky",
)  # fmt: skip
"""Such as fill a page, or nearly, at ten thousand cases too: otherwise a short list would be compared with a long."""


def run(size: int) -> dict[str, Any]:
    """`ratio` is the 95th percentile at `size` to that at ten thousand cases."""
    return desk.compared(size, _asking, lambda answer: b"</html>" in answer.body[-200:])


def _asking(officers: Sequence[desk.Officer]) -> list[clients.Request]:
    from camaug.cases.models import Case
    from camaug.desk.web.search import WORDS as SOUGHT

    drawn, found = Random(SEED), []  # noqa: S311 (a fixed mix)
    for one in officers:
        seen = Case.objects.visible_to(one.actor).submitted().order_by("-submitted_at")
        known = list(seen.values_list("code", "applicant_number", "applicant_phone")[:2_000])
        rows = [known[drawn.randrange(len(known))] for _ in range(EACH)]
        asked = [row[0] for row in rows] + [row[1 + index % 2] for index, row in enumerate(rows)]
        asked += [NAMES[index % len(NAMES)] for index in range(EACH)] + [WORDS[i % len(WORDS)] for i in range(EACH)]
        queries = [urlencode(SOUGHT.words(words or "", by=one.actor).query) for words in asked]
        found += [clients.Request(f"/desk/search/?{query}", one.cookies) for query in queries]
    drawn.shuffle(found)
    return found

import pytest

from camaug.people.queries.matching import NO_MATCH, match_rank

RANKS = [
    ("Nguyễn Thị Lan", "Thị Lan", 0),
    ("Nguyễn Thị Lan", "thị lan", 0),
    ("Nguyễn Thị Lan", "Lan Nguyễn", 1),
    ("Nguyễn Thị Lan", "Nguyê", 2),
    ("Nguyễn Thị Lân", "thi lan", 3),
    ("Nguyễn Thị Lân", "lan thi", 4),
    ("Nguyễn Thị Lanh", "lan", 5),
    ("Trần Văn Hoà", "hòa", 0),
    ("Trần Văn Hòa", "HOÀ", 0),
    ("Đặng Ngọc Ánh", "dang anh", 4),
    ("Phòng Tư pháp, Sở Nội vụ", "tư pháp sở", 0),
    ("Nguyễn Thị Lan", "Minh", NO_MATCH),
    ("Nguyễn Thị Lan", "", NO_MATCH),
]


@pytest.mark.parametrize(("text", "words", "rank"), RANKS)
def test_accented_and_whole_words_come_first(text: str, words: str, rank: int) -> None:
    assert match_rank(text, words) == rank

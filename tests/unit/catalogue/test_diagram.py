import re
from itertools import combinations

import pytest

from camaug.catalogue.definition.process import Process
from camaug.catalogue.diagram import Box, Drawing, Mark, Said, tall, wide, wrap
from tests.unit.catalogue.samples import process_of, real

CODES = ("chung-thuc-ban-sao", "dang-ky-khai-sinh", "dang-ky-ho-kinh-doanh")
HOUSEHOLD = "dang-ky-ho-kinh-doanh"


def said(process: Process) -> Said:
    return Said(
        names={step.id: step.name for step in process.steps},
        times={step.id: f"{step.hours} giờ làm việc" for step in process.steps},
        agencies=dict.fromkeys(
            {step.agency for step in process.steps}, "Ủy ban nhân dân thị trấn Rạch Gốc, huyện Ngọc Hiển"
        ),
        flag="Hồ sơ đang ở đây",
    )


def drawings(process: Process, current: str | None = None, done: tuple[str, ...] = ()) -> tuple[Drawing, Drawing]:
    words = said(process)
    return wide(process, words, current, done), tall(process, words, current, done)


def overlap(one: Box, other: Box) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("turn", range(-1, 5))
def test_every_step_is_drawn_inside_and_beside_the_others(code: str, turn: int) -> None:
    process = real(code).process
    ids = [step.id for step in process.steps]
    current = ids[turn] if 0 <= turn < len(ids) else None
    for drawing in drawings(process, current, tuple(ids[: max(turn, 0)])):
        assert [box.step for box in drawing.boxes] == ids
        for box in drawing.boxes:
            assert box.x >= 0
            assert box.x + box.width <= drawing.width
            assert box.y >= 0
            assert box.y + box.height <= drawing.height
            lines = (*box.name, *box.time, *box.flag)
            assert box.y < lines[0].y < lines[-1].y < box.y + box.height
        assert not any(overlap(one, other) for one, other in combinations(drawing.boxes, 2))
        assert sum(lane.height for lane in drawing.lanes) <= drawing.height


@pytest.mark.parametrize("code", CODES)
def test_every_way_is_drawn_and_the_usual_ones_full(code: str) -> None:
    process = real(code).process
    ways = sum(len(step.next) + len(step.back) for step in process.steps)
    for drawing in drawings(process):
        assert len(drawing.arrows) == ways
        assert sum(arrow.usual for arrow in drawing.arrows) == len(process.steps) - 1


def test_a_way_back_from_the_last_of_branches_is_not_taken_for_the_usual_one() -> None:
    content = process_of(real(HOUSEHOLD))
    content["steps"][1]["next"] = ["ky-duyet", "tra-ket-qua"]
    for drawing in drawings(Process.model_validate(content)):
        assert [arrow.usual for arrow in drawing.arrows] == [True, True, False, True, False, True]


@pytest.mark.parametrize(
    ("current", "done", "marks"),
    [
        (None, (), "plain plain plain plain plain"),
        ("tiep-nhan", (), "current coming coming coming coming"),
        ("ky-duyet", ("tiep-nhan", "tham-dinh"), "done done current coming coming"),
        ("tham-dinh", ("tiep-nhan", "tham-dinh", "ky-duyet"), "done current done coming coming"),
        (None, ("tiep-nhan", "tham-dinh", "ky-duyet", "dong-dau", "tra-ket-qua"), "done done done done done"),
    ],
)
def test_the_drawing_says_where_the_case_is(current: str | None, done: tuple[str, ...], marks: str) -> None:
    for drawing in drawings(real(HOUSEHOLD).process, current, done):
        assert [box.mark.value for box in drawing.boxes] == marks.split()
        assert [box.step for box in drawing.boxes if box.flag] == ([current] if current else [])
        assert [box.step for box in drawing.boxes if box.time[0].text.startswith("✓")] == [
            box.step for box in drawing.boxes if box.mark is Mark.DONE
        ]


def test_wide_has_a_lane_for_each_agency_and_tall_names_each_change() -> None:
    across, down = drawings(real(HOUSEHOLD).process)
    assert len(across.lanes) == 2
    assert len(down.lanes) == 3
    assert down.width == 320


def test_the_paths_are_plain_numbers() -> None:
    for drawing in drawings(real(HOUSEHOLD).process):
        for arrow in drawing.arrows:
            assert re.fullmatch(r"[MHV\d -]+", arrow.path)
            assert re.fullmatch(r"[\d, -]+", arrow.head)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("Trả kết quả", ("Trả kết quả",)),
        ("Đóng dấu, vào Sổ chứng thực", ("Đóng dấu, vào", "Sổ chứng thực")),
        ("Mộtchữrấtdàikhôngngắtđược", ("Mộtchữrấtdàikhôngngắtđược",)),
    ],
)
def test_names_are_broken_between_words(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 120) == lines

from hypothesis import given
from hypothesis import strategies as st

from camaug.cases.queries import Figures
from camaug.insight import chart
from camaug.insight.line import Line

NUMBERS = st.integers(0, 100_000)


def line(**figures: int) -> Line:
    return Line("2026-11", "Tháng 11/2026", Figures(**figures))


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=9))
def test_bars_stay_on_the_page_and_show_every_part(numbers: list[tuple[int, int, int]]) -> None:
    lines = [line(early=a, on_time=b, late=c) for a, b, c in numbers]
    for full in (False, True):
        for bar, parts in zip(chart.bars(lines, chart.TIMELINESS, full=full), numbers, strict=True):
            assert len(bar.segments) == sum(1 for number in parts if number)
            assert all(percent(s.x) + percent(s.width) <= 100.4 for s in bar.segments)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_columns_stand_within_their_scale(numbers: list[tuple[int, int]]) -> None:
    drawn = chart.columns([line(received_online=a, late=b) for a, b in numbers])
    top = drawn.scale[-1][1]
    assert drawn.scale[-1][0] == 0
    assert top >= max(max(pair) for pair in numbers)
    for column in drawn.columns:
        for _x, _width, y, height in (column.received, column.resolved):
            assert 0 <= y <= chart.HEIGHT
            assert y + height == chart.HEIGHT


def test_a_chart_of_nothing_is_drawn_too() -> None:
    assert chart.bars([], chart.TIMELINESS) == ()
    assert chart.columns([line()]).scale[-1][1] > 0

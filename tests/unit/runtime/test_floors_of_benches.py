"""What a bench finds is printed with what it may not miss, and whether it holds."""

import json
from typing import Any

import pytest

from camaug.runtime.bench import catalogue
from camaug.runtime.bench.commands import run_all

GOOD = {
    "submit": {"ratio": 0.15, "times_the_readable": 1.8, "errors": 0},
    "inbox": {"ratio": 1.3, "errors": 0},
    "search": {"ratio": 1.3, "errors": 0},
    "case": {"ratio": 1.3, "errors": 0},
    "api": {"register_ms": 5.0, "status_ms": 13.1, "read_ms": 4.3, "list_ms": 11.8, "errors": 0},
    "pages": {"ratio": 1.0},
    "start": {"ratio": 1.0},
    "signin": {"ratio": 1.3, "check_cpu_ms": 1.0, "errors": 0},
}


def test_every_bench_has_a_floor() -> None:
    assert set(catalogue.NAMES) == set(GOOD)
    assert all(floor.figure in GOOD[name] for name, floors in catalogue.FLOORS.items() for floor in floors)


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_on_its_floor_a_bench_holds(name: str) -> None:
    told = catalogue.judged(name, GOOD[name])
    assert told["holds"]
    assert told["bench"] == name
    assert set(told["floor"]) == set(GOOD[name])


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, figures in GOOD.items() for figure in figures])
def test_each_figure_beyond_its_floor_is_missed(name: str, figure: str) -> None:
    (sign,) = [floor.sign for floor in catalogue.FLOORS[name] if floor.figure == figure]
    worse: dict[str, Any] = {**GOOD[name], figure: GOOD[name][figure] + (-0.01 if sign == ">=" else 1)}
    assert not catalogue.judged(name, worse)["holds"]


def test_a_figure_that_was_not_found_is_missed() -> None:
    assert not catalogue.judged("start", {"seconds": 3})["holds"]


def test_one_that_fails_says_so_and_the_others_still_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run_all(["none", "neither"], None)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["bench"], line["holds"]) for line in lines] == [("none", False), ("neither", False)]
    assert all("There is no bench" in line["failed"] for line in lines)


def test_among_all_each_runs_at_each_of_its_sizes_unless_one_is_said() -> None:
    assert list(catalogue.asked(["api", "search"], None)) == [
        ("api", 100_000),
        ("api", 1_000_000),
        ("search", 2_000_000),
    ]
    assert list(catalogue.asked(["api", "search"], 5_000)) == [("api", 5_000), ("search", 5_000)]

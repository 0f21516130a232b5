"""Contrast of every text on every ground that it stands on, computed from the tokens (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[3] / "camaug/ui/styles/_tokens.scss").read_text(encoding="utf-8")
THEMES = ("light", "dark", "contrast")
GROUNDS = ("paper", "ground", "sunken")
TONES = ("new", "doing", "waiting", "late", "plain")

TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "link", "link-hover", "error", "late") for ground in GROUNDS),
    *((f"tone-{tone}", f"tone-{tone}-ground") for tone in TONES),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
    ("on-call", "call"),
    ("on-call", "call-hover"),
    ("on-error", "error"),
]
SHAPES = [
    *(
        (edge, ground)
        for edge in ("edge", "good", "soon", "late", "brand", "mark-leaf", "mark-root")
        for ground in GROUNDS
    ),
    ("deep-line", "deep"),
    ("focus", "focus-ring"),
]


def colours(theme: str) -> dict[str, str]:
    body = re.search(rf"@mixin {theme} \{{(.*?)\n\}}", TOKENS, re.DOTALL)
    assert body is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    wanted = 7 if theme == "contrast" else 4.5
    found = colours(theme)
    assert contrast(found[text], found[ground]) >= wanted


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_bars_and_focus_can_be_seen(theme: str, shape: str, ground: str) -> None:
    found = colours(theme)
    assert contrast(found[shape], found[ground]) >= 3


def test_every_theme_gives_every_colour() -> None:
    assert set(colours("light")) == set(colours("dark")) == set(colours("contrast"))

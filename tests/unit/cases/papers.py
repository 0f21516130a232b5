"""Looking into printed papers with poppler's tools."""

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

POINTS_PER_MM = 72 / 25.4


def text_of(pdf: bytes) -> str:
    """All words, white space as single spaces."""
    return re.sub(r"\s+", " ", _run("pdftotext", "-layout", pdf=pdf, to_stdout=True))


def fonts_of(pdf: bytes) -> set[str]:
    """The embedded fonts without subset marks; a font that is not embedded is marked so."""
    lines = [line.split() for line in _run("pdffonts", pdf=pdf).splitlines()[2:]]
    return {line[0].split("+")[-1] + ("" if line[-5] == "yes" else " not embedded") for line in lines}


def pages_of(pdf: bytes) -> tuple[int, tuple[int, int]]:
    """The number of pages and the page size in whole millimetres."""
    found = dict(re.findall(r"^(Pages|Page size):\s+(.*)$", _run("pdfinfo", pdf=pdf), re.MULTILINE))
    width, height = re.findall(r"[\d.]+", found["Page size"])[:2]
    return int(found["Pages"]), (round(float(width) / POINTS_PER_MM), round(float(height) / POINTS_PER_MM))


def words_outside(pdf: bytes, *, margin_mm: float) -> list[str]:
    """Words that come nearer to the left or right edge than the margin."""
    page_width, outside = 0.0, []
    for line in _run("pdftotext", "-bbox", pdf=pdf, to_stdout=True).splitlines():
        if found := re.search(r'<page width="([\d.]+)"', line):
            page_width = float(found[1])
        elif found := re.search(r'<word xMin="([-\d.]+)".*xMax="([-\d.]+)".*>(.*)</word>', line):
            edge = margin_mm * POINTS_PER_MM
            if float(found[1]) < edge - 1 or float(found[2]) > page_width - edge + 1:
                outside.append(found[3])
    return outside


def _run(tool: str, *options: str, pdf: bytes, to_stdout: bool = False) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = [tool, *options, str(path), *(["-"] if to_stdout else [])]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

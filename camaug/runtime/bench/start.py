"""The second `make run`, from its beginning to the first page that is answered."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from camaug.runtime.bench import site
from camaug.runtime.bench.dataset import ROOT
from camaug.runtime.bench.figures import median
from camaug.runtime.console import step

SIZES = (1,)  # the demo's province, whatever it holds
MOST, RUNS = 8, 3
_PATIENCE = 900  # seconds for the first start, which installs and loads
_OURS = ("DATABASE_URL", "DATA", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


def run(_size: int) -> dict[str, Any]:
    """`ratio` is the median of three starts over a loaded DATA to eight seconds: at most 1."""
    with _folder() as data:
        with step("The first make run, which loads the province"):
            first = _started(data)
        seconds = [_started(data) for _ in range(RUNS)]
    return {
        "ratio": round(median(seconds) / MOST, 4),
        "seconds": round(median(seconds), 2),
        "runs_seconds": [round(one, 2) for one in seconds],
        "first_seconds": round(first, 1),
    }


@contextmanager
def _folder() -> Iterator[Path]:
    """A new DATA; the rows may lie elsewhere, behind a link."""
    with tempfile.TemporaryDirectory(prefix="start-", dir=os.environ["DATA"]) as folder:
        try:
            yield Path(folder)
        finally:
            shutil.rmtree((Path(folder) / "postgres").resolve(), ignore_errors=True)


def _started(data: Path) -> float:
    """Seconds until the home page is there; stopped again as Ctrl-C does it."""
    port = site.free_port()
    begun = time.monotonic()
    make = subprocess.Popen(
        ["make", "--directory", str(ROOT), "run", f"PORT={port}", f"DATA={data}"],
        env={name: value for name, value in os.environ.items() if name not in _OURS},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if make.poll() is not None or time.monotonic() - begun > _PATIENCE:
                raise RuntimeError("make run did not serve the home page.")
            time.sleep(0.02)
        return time.monotonic() - begun
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGINT)
        make.wait()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://localhost:{port}/", timeout=30) as page:
            return bool(page.status == 200)
    except (URLError, ConnectionError):
        return False

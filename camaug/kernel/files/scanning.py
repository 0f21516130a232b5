"""Viruses: ClamAV looks at what was sent, many files by one start, since reading its signatures is the cost."""

import logging
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from django.conf import settings

from camaug.kernel.files.store import open_blob
from camaug.kernel.models import Blob, Scan

BATCH = 50
_SECONDS = 600
_JUDGED = re.compile(r"^.*/([0-9a-f]{64}): (?:OK|(.+) FOUND)$", re.MULTILINE)
log = logging.getLogger("camaug.files")


def scan_pending(*, batch: int = BATCH) -> int:
    """Scan the files that have waited longest; how many were judged. 0 too where the scanner failed: they wait on."""
    blobs = list(Blob.objects.filter(scan=Scan.PENDING).order_by("stored_at")[:batch]) if settings.VIRUS_SCAN else []
    judged = _judge(blobs) if blobs else {}
    for blob in blobs:
        if blob.sha256 in judged:
            virus = judged[blob.sha256]
            state = Scan.INFECTED if virus else Scan.CLEAN
            Blob.objects.filter(pk=blob.pk, scan=Scan.PENDING).update(scan=state, virus=virus[:120])
    return len(judged)


def _judge(blobs: Sequence[Blob]) -> dict[str, str]:
    """For each file of which the scanner says so: the name of what it found, or "". Silence clears no file."""
    with TemporaryDirectory(prefix="camaug-scan-") as folder:
        names = [_laid_out(blob, Path(folder)) for blob in blobs]
        listed = Path(folder) / "list"
        listed.write_text("\n".join(names) + "\n")
        options = ("--no-summary", "--stdout", f"--file-list={listed}")
        try:
            done = subprocess.run(  # noqa: S603 (the command is the operator's own setting)
                [*shlex.split(settings.VIRUS_SCAN), *options],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            log.error("the virus scanner did not run: %s", type(problem).__name__)
            return {}
    judged = {sha256: found or "" for sha256, found in _JUDGED.findall(done.stdout)}
    if len(judged) < len(blobs):
        log.error("the virus scanner failed with status %s; files wait: %s", done.returncode, len(blobs) - len(judged))
    return judged


def _laid_out(blob: Blob, folder: Path) -> str:
    """A copy for the scanner, under the name of its hash: the store may be no folder."""
    copy = folder / blob.sha256
    with open_blob(blob, unscanned=True) as content, copy.open("wb") as out:
        copyfileobj(content, out)
    return str(copy)

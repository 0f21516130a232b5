"""The Vietnamese catalogue holds every message of the sources, each translated, none uncertain, none left over."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
COMPLAINTS = {
    "--untranslated": "without a Vietnamese text",
    "--only-fuzzy": "with an uncertain (fuzzy) Vietnamese text",
    "--only-obsolete": "that no source holds any more",
}


def main() -> int:
    """Collect messages in a copy of the sources and print what is wrong with the catalogue."""
    with tempfile.TemporaryDirectory(prefix="camaug-messages-") as folder:
        _collect(Path(folder))
        copy = Path(folder) / CATALOGUE
        bad = [f"Messages {words}:\n{rows}" for option, words in COMPLAINTS.items() if (rows := _rows(copy, option))]
    print("\n".join(bad) or "every message has its Vietnamese text")
    return 1 if bad else 0


def _collect(folder: Path) -> None:
    for name in ("camaug", "config", "locale"):
        shutil.copytree(name, folder / name, ignore=shutil.ignore_patterns("static", "migrations", "__pycache__"))
    shutil.copy("manage.py", folder)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "vi", "--no-location", "--verbosity", "0"]
    subprocess.run(command, cwd=folder, check=True)


def _rows(catalogue: Path, option: str) -> str:
    found = subprocess.run(["msgattrib", option, "--no-wrap", catalogue], capture_output=True, text=True, check=True)
    return "\n".join(row for row in found.stdout.splitlines() if "msgid" in row and row != 'msgid ""')


if __name__ == "__main__":
    sys.exit(main())

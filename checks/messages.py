"""The Vietnamese catalogue holds every message of the sources, each translated, none uncertain, none left over."""

import os
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
    """Collect messages beside a copy of the catalogue and print what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="camaug-messages-") as folder:
        copy = Path(folder) / "vi" / "LC_MESSAGES" / "django.po"
        copy.parent.mkdir(parents=True)
        shutil.copy(CATALOGUE, copy)
        _collect(folder)
        bad = [f"Messages {words}:\n{rows}" for option, words in COMPLAINTS.items() if (rows := _rows(copy, option))]
    print("\n".join(bad))
    return 1 if bad else 0


def _collect(folder: str) -> None:
    environment = {**os.environ, "MESSAGES": folder, "DJANGO_SETTINGS_MODULE": "checks.message_settings"}
    command = [sys.executable, "manage.py", "makemessages", "--locale", "vi", "--no-location", "--verbosity", "0"]
    ignored = [word for name in (".venv", "node_modules", "build", "tests", "checks") for word in ("--ignore", name)]
    subprocess.run([*command, *ignored], env=environment, check=True)


def _rows(catalogue: Path, option: str) -> str:
    found = subprocess.run(["msgattrib", option, "--no-wrap", catalogue], capture_output=True, text=True, check=True)
    return "\n".join(row for row in found.stdout.splitlines() if "msgid" in row and row != 'msgid ""')


if __name__ == "__main__":
    sys.exit(main())

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Check:
    """One check: its command line, and the words by which its output proves that it has looked."""

    name: str
    command: tuple[str, ...]
    proof: str


BIN = Path(sys.executable).parent
PYTHON = (sys.executable, "-m")
MIGRATIONS = ("manage", "makemigrations", "--check", "--dry-run")

CHECKS = (
    Check("lint", (*PYTHON, "ruff", "check"), "All checks passed"),
    Check("format", (*PYTHON, "ruff", "format", "--check"), "already formatted"),
    Check("types", (*PYTHON, "mypy"), "no issues found"),
    Check("import contracts", (str(BIN / "lint-imports"),), "0 broken"),
    Check("templates", (*PYTHON, "djlint", "camaug", "--lint"), "found 0 errors"),
    Check("messages", (*PYTHON, "checks.messages"), "every message has its Vietnamese text"),
    Check("migrations", (*PYTHON, "camaug.runtime", *MIGRATIONS), "No changes detected"),
    Check("sizes", (*PYTHON, "checks.sizes"), "Python file"),
    Check("names", (*PYTHON, "checks.names"), "every name says something"),
)


def main() -> int:
    """Run all checks, or those named as arguments; the exit status is 1 if one failed."""
    wanted = set(sys.argv[1:])
    failed = [check.name for check in CHECKS if (not wanted or check.name in wanted) and not _passes(check)]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks pass.")
    return 1 if failed else 0


def _passes(check: Check) -> bool:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="camaug-check-", ignore_cleanup_errors=True) as data:
        os.chmod(data, 0o755)  # noqa: S103 (the database's account passes through)
        done = subprocess.run(
            check.command,
            env={**os.environ, "DATA": data},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    passed = done.returncode == 0 and check.proof in done.stdout
    print(f"{'ok    ' if passed else 'FAILED'} {check.name} ({time.monotonic() - begun:.1f} s)", flush=True)
    if not passed or check.name == "sizes":
        print(done.stdout.rstrip(), flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())

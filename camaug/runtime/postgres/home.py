"""The folder of one embedded server, and the account that it runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import secrets
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ACCOUNTS = ("camaug", "postgres", "nobody")
SYSTEM_FOLDER = Path("/var/lib/camaug")
ROLE = DATABASE = "camaug"


@dataclass(frozen=True, slots=True)
class Owner:
    """The account of the server: our own, or an unprivileged one when we are root."""

    uid: int
    gid: int
    is_other: bool

    def spawning(self) -> dict[str, Any]:
        """Arguments of `subprocess` that run a child as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def take(self, path: Path, mode: int) -> None:
        """Make the file or folder this account's own."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def can_run(self, program: Path) -> bool:
        """Whether the account can start that program, folders above it included."""
        return self._test("-x", program)

    def can_enter(self, folder: Path) -> bool:
        """Whether the account may pass through that folder."""
        return self._test("-x", folder)

    def _test(self, condition: str, path: Path) -> bool:
        return (
            subprocess.run(["/usr/bin/test", condition, path], cwd="/", check=False, **self.spawning()).returncode == 0
        )


@dataclass(frozen=True, slots=True)
class Home:
    """One server's folder: `cluster/` holds the rows, beside it lie the password, the locks and the log."""

    folder: Path
    owner: Owner

    @classmethod
    def under(cls, data: Path) -> Self:
        """The home in the folder DATA, made where there is none.

        Where we are root and the server's account cannot reach DATA, the home lies in /var/lib/camaug behind a link.
        """
        place = data / "postgres"
        data.mkdir(parents=True, exist_ok=True)
        owner = _owner(place / "cluster")
        if not place.exists():
            place.mkdir()
            if not owner.can_enter(place):
                place.rmdir()
                SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
                place.symlink_to(tempfile.mkdtemp(prefix=f"{data.parent.name}-", dir=SYSTEM_FOLDER))
            place.chmod(0o711)
        return cls(folder=place.resolve(), owner=owner)

    @property
    def cluster(self) -> Path:
        """The server's own folder."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    @property
    def password(self) -> str:
        """The role's password, made at the first call, readable to us alone."""
        return _kept(self.folder / "password", lambda: secrets.token_urlsafe(24))

    @property
    def sockets(self) -> Path:
        """A short folder for the socket, whose path may have 107 bytes; open to the server's account alone."""
        note = self.folder / "sockets"
        folder = Path(note.read_text()) if note.is_file() else None
        if folder is None or not folder.is_dir() or folder.stat().st_uid != self.owner.uid:
            folder = Path(tempfile.mkdtemp(prefix="camaug-", dir="/tmp"))
            self.owner.take(folder, 0o700)
            note.write_text(str(folder))
        return folder

    @property
    def address(self) -> str:
        """The database as a `postgresql://` address."""
        return f"postgresql://{ROLE}:{self.password}@/{DATABASE}?host={self.sockets}"


def _owner(cluster: Path) -> Owner:
    if os.geteuid() != 0:
        return Owner(uid=os.geteuid(), gid=os.getegid(), is_other=False)
    if cluster.exists() and cluster.stat().st_uid != 0:
        return Owner(uid=cluster.stat().st_uid, gid=cluster.stat().st_gid, is_other=True)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = next(known[name] for name in ACCOUNTS if name in known)
    return Owner(uid=account.pw_uid, gid=account.pw_gid, is_other=True)


def _kept(path: Path, make: Any) -> str:
    if not path.is_file():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
    return path.read_text()

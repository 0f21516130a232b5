"""The deployment guide, taken at its word: its blocks of commands, the units, nginx's file, with places of a test's own
in the places of theirs.
"""

import getpass
import grp
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs/howto/run-in-production.md").read_text()
UNITS = sorted(DEPLOY.glob("*.service"))
SITE = "dichvucong.example"


def section(title: str) -> str:
    """What stands below that heading."""
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def blocks(text: str) -> list[str]:
    """The commands, block by block."""
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def values(unit: str, name: str) -> list[str]:
    """What a unit says of a thing, line by line."""
    return re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)


def as_systemd_reads(settings: str) -> dict[str, str]:
    """An EnvironmentFile: a value may stand between quotation marks, and is never parted at a space."""
    pairs = [line.split("=", 1) for line in settings.splitlines() if line and not line.startswith("#")]
    return {name: value[1:-1] if value[:1] == value[-1:] == '"' else value for name, value in pairs}


@dataclass
class Machine:
    """A folder that stands for a machine on which the guide is followed; `database`: an address."""

    folder: Path
    database: str
    ports: dict[str, int]

    def here(self, text: str) -> str:
        """The same with this machine's places, ports and accounts."""
        me, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        text = re.sub(r"-o \w+ -g \w+", f"-o {me} -g {group}", text)
        text = re.sub(r"(?<![\w.])/(etc/camaug|var/\w+/camaug|srv/camaug|usr/local/sbin)", rf"{self.folder}/\1", text)
        text = re.sub(r"postgresql://camaug:PASSWORD@\S+/camaug", self.database, text)
        text = re.sub(r"listen +(\[::\]:)?(80|443)\b", self._listens, text)
        return re.sub(r"(127\.0\.0\.1:|--port )8000\b", rf"\g<1>{self.ports['8000']}", text)

    def _listens(self, found: re.Match[str]) -> str:
        return f"listen 127.0.0.{2 if found[1] else 1}:{self.ports[found[2]]}"

    def prepare(self) -> None:
        """The ground: what was cloned and set up, with the files of `deploy` for here."""
        clone = self.folder / "srv/camaug"
        for file in (path for path in DEPLOY.rglob("*") if path.is_file()):
            there = clone / "deploy" / file.relative_to(DEPLOY)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text(self.here(file.read_text()))
        (clone / ".venv").symlink_to(sys.prefix)
        for name in ("usr/local/sbin", "var/lib/camaug"):
            (self.folder / name).mkdir(parents=True)

    def follow(self, commands: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Do what a block says, as root does: in a shell that knows nothing of the project."""
        return subprocess.run(
            ["sh", "-euc", self.here(commands)], env=self.plain(**more), capture_output=True, text=True, check=False
        )

    def plain(self, **more: str) -> dict[str, str]:
        """An environment in which nothing of the test's own is left."""
        path = f"{self.folder}/usr/local/sbin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8", **more}

    def start(self, unit: Path) -> subprocess.Popen[str]:
        """What systemd would start: the unit's command, with its settings, secrets and mask, and nothing else."""
        said = self.here(unit.read_text())
        given = as_systemd_reads(Path(*values(said, "EnvironmentFile")).read_text())
        secrets = self.folder / "run" / unit.stem
        secrets.mkdir(parents=True)
        for one in values(said, "LoadCredential"):
            name, source = one.split(":")
            (secrets / name).write_text(Path(source).read_text())
        for line in values(said, "Environment"):
            given |= dict(word.split("=", 1) for word in shlex.split(line.replace("%d", str(secrets))))
        (command,), (mask,) = values(said, "ExecStart"), values(said, "UMask")
        log = (self.folder / f"{unit.stem}.log").open("w")
        with log:
            return subprocess.Popen(
                shlex.split(command),
                env=self.plain(**given),
                cwd="/",
                umask=int(mask, 8),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def said_by(self, unit: Path) -> str:
        """What a unit's process wrote into the journal."""
        return (self.folder / f"{unit.stem}.log").read_text()

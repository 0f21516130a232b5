"""The process that runs one server and stops it when nobody uses it any more. Knows nothing of Django.

Its parent hands down the lock that says "kept", which it holds by merely living.
"""

import argparse
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from camaug.runtime.postgres.locks import FileLock

_WATCH_EVERY = 0.2  # seconds between looks at the lock of those who use the server
_PATIENCE = 20  # seconds that a fast shutdown may take before an immediate one
_QUICK_DEATHS = 5  # in a row; then the keeper gives up
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Run the server until nobody uses it; end status 1 where it does not stay up."""
    arguments = _arguments()
    users = FileLock(arguments.users)
    keeper = _Keeper(arguments.command, _as_account(arguments.uid, arguments.gid), users)
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, lambda *_: keeper.stop())
    status = keeper.run()
    shutil.rmtree(arguments.sockets, ignore_errors=True)
    sys.exit(status)


class _Keeper:
    def __init__(self, command: list[str], account: dict[str, Any], users: FileLock) -> None:
        self.command, self.account, self.users = command, account, users
        self.stopping = False
        self.server: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        deaths = 0
        while not self.stopping and deaths < _QUICK_DEATHS:
            begun = time.monotonic()
            self._serve()
            deaths = deaths + 1 if time.monotonic() - begun < 10 else 0
            if not self.stopping:
                time.sleep(1)  # the processes of a server that was killed need a moment to notice
        return 0 if self.stopping else 1

    def stop(self) -> None:
        self.stopping = True
        if self.server:
            self.server.send_signal(signal.SIGINT)

    def _serve(self) -> None:
        parent = os.getpid()
        self.server = subprocess.Popen(
            self.command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),
            **self.account,
        )
        watch = os.pidfd_open(self.server.pid)
        while not select.select([watch], [], [], _WATCH_EVERY)[0]:
            if not self.stopping and self.users.own(wait=False):
                self.stop()
                self._end(watch)
        os.close(watch)
        self.server.wait()

    def _end(self, watch: int) -> None:
        if self.server and not select.select([watch], [], [], _PATIENCE)[0]:
            self.server.send_signal(signal.SIGQUIT)


def _die_with(parent: int) -> None:
    """In the child: have the kernel end the server when its keeper is gone."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        os._exit(1)


def _as_account(uid: int, gid: int) -> dict[str, Any]:
    return {"user": uid, "group": gid, "extra_groups": []} if uid != os.geteuid() else {}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=Path)
    parser.add_argument("--sockets", type=Path)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    main()

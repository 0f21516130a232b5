"""A web process that is still loading when its server is killed goes with it, and leaves the port to the next one."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from camaug.runtime import serving
from tests.ports import free_port
from tests.waiting import until

HOST = "127.0.0.1"


@pytest.mark.parametrize("seconds", [0, 0.3, 0.6, 1.2])
def test_the_port_is_free_however_early_the_server_is_killed(seconds: float) -> None:
    port = free_port()
    with subprocess.Popen(
        serving.web_command(HOST, port), env={**os.environ, serving.PREPARED: "1"}, start_new_session=True
    ) as server:
        processes = until(lambda: _both_children(server.pid), what="two web processes")
        time.sleep(seconds)
        for each in processes:
            os.kill(each, signal.SIGTERM)  # may come before the process has handling of its own
        server.kill()
    until(lambda: not any(Path(f"/proc/{each}").exists() for each in processes) or None, what="the end of both")
    assert serving.is_free(HOST, port)


def _both_children(server: int) -> list[int] | None:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(child) for child in children] if len(children) == serving.WEB_PROCESSES else None

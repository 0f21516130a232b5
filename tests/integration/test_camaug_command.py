"""The `camaug` command on an installation of its own: empty folder, embedded database, profile and demo."""

import html
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from camaug.runtime.postgres import server
from camaug.runtime.postgres.home import Home
from tests.installation import Installation, environment
from tests.ports import free_port

CAMAUG = [sys.executable, "-m", "camaug.runtime"]


@pytest.fixture(scope="module")
def data(installation: Installation) -> Path:
    return installation.data


def camaug(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CAMAUG, *words], env=environment(data, **more), capture_output=True, text=True, check=False, timeout=900
    )


@pytest.fixture
def site(data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    command = [*CAMAUG, "up", "--port", str(port)]
    asked = environment(data, VNEID_STAND_IN="on")
    with subprocess.Popen(command, env=asked, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert soon(lambda: listens(port), within=900)
            yield process, port
        finally:
            process.kill()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def played_by(port: int) -> int:
    """The port of what plays VNeID beside the site, to which a citizen is sent; 0 where nobody is there yet."""
    line = HTTPConnection("localhost", port, timeout=10)
    line.request("GET", "/sign-in/outside/")
    return urlsplit(line.getresponse().headers.get("Location", "")).port or 0


def soon(condition: Callable[[], bool], within: float = 60) -> bool:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def server_is_gone(data: Path) -> bool:
    return not server._processes_in(Home.under(data).cluster)


def children(process: int) -> set[int]:
    found = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found |= {int(child)} | children(int(child))
    return found


def alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and ") Z " not in status.read_text()


def test_on_an_empty_folder_a_command_makes_keys_and_a_database() -> None:
    with tempfile.TemporaryDirectory(prefix="camaug-empty-") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        answer = camaug(data, "psql", "-tAc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert (answer.stdout.strip(), answer.returncode) == ("0", 0)
        for key in ("secret-key", "data-keys"):
            assert (data / key).stat().st_mode & 0o077 == 0
        assert server_is_gone(data)


def test_without_data_a_command_loads_profile_and_demo_first(installation: Installation) -> None:
    counts = json.loads(installation.printed)
    assert (counts["agencies"], counts["officers"]) == (655, 11_000)
    assert "Loading" in installation.progress
    assert server_is_gone(installation.data)


def test_the_second_time_nothing_is_loaded_again(data: Path) -> None:
    answer = camaug(data, "stats")
    assert "Loading" not in answer.stderr
    assert json.loads(answer.stdout)["officers"] == 11_000


def test_loading_again_changes_no_count(data: Path) -> None:
    before = counted(data)
    assert camaug(data, "load").returncode == 0
    assert counted(data) == before


def counted(data: Path) -> dict[str, object]:
    """What is there; of events those that loading makes, since parcels under way go on by the clock."""
    loaded = "SELECT count(*) FROM kernel_eventrecord WHERE name NOT LIKE 'postal.%'"
    return json.loads(camaug(data, "stats").stdout) | {"events": camaug(data, "psql", "-tAc", loaded).stdout.strip()}


def test_a_step_that_left_no_mark_is_done_again(data: Path) -> None:
    forgotten = camaug(data, "psql", "-c", "DELETE FROM runtime_loadedstep WHERE name = 'working time'")
    assert forgotten.stdout.strip() == "DELETE 1"
    assert "Loading working time" in camaug(data, "stats").stderr


def test_ctrl_c_ends_all_of_it(site: tuple[subprocess.Popen[str], int], data: Path) -> None:
    process, port = site
    family = children(process.pid)
    assert len(family) >= 4, "database, web server with its processes, worker"
    assert page(port) < 500
    assert soon(lambda: played_by(port) != 0)
    played = played_by(port)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert not any(alive(child) for child in family)
    assert server_is_gone(data)
    assert not listens(port)
    assert not listens(played)
    said = process.stdout.read() if process.stdout else ""
    assert f"http://localhost:{port}" in said
    assert "tanan_tranthiminh@camau.gov.vn" in said
    assert "0918000123" in said
    assert f"is played by http://localhost:{played}" in said


def test_a_killed_command_leaves_nothing_behind(site: tuple[subprocess.Popen[str], int], data: Path) -> None:
    process, port = site
    family = children(process.pid)
    process.kill()
    process.wait()
    assert soon(lambda: not any(alive(child) for child in family))
    assert soon(lambda: server_is_gone(data))
    assert not listens(port)


def test_a_second_command_works_beside_the_running_site(site: tuple[subprocess.Popen[str], int], data: Path) -> None:
    process, port = site
    assert json.loads(camaug(data, "stats").stdout)["officers"] == 11_000
    assert process.poll() is None
    assert page(port) < 500


def test_the_history_is_sealed_verified_and_named_beside_the_running_site(
    site: tuple[subprocess.Popen[str], int], data: Path
) -> None:
    sealed, verified = camaug(data, "audit", "seal"), camaug(data, "audit", "verify")
    told = json.loads(verified.stdout)
    assert (sealed.returncode, verified.returncode, told["findings"]) == (0, 0, [])
    assert told["holds"]
    assert told["sealed"] >= json.loads(sealed.stdout)["sealed"] > 0
    assert told["events_a_second"] > 0
    tree = json.loads(camaug(data, "audit", "tree").stdout)["tree"]
    assert (data / "history" / "key").read_text().strip() == tree
    with urlopen(f"http://localhost:{site[1]}/history/", timeout=60) as shown:
        assert html.unescape(shown.read().decode()).count(tree) == 1


def test_a_key_is_made_once(tmp_path: Path) -> None:
    made = camaug(tmp_path, "audit", "key", str(tmp_path / "seal-key"))
    assert (made.returncode, (tmp_path / "seal-key").stat().st_mode & 0o777) == (0, 0o600)
    kept = (tmp_path / "seal-key").read_text()
    again = camaug(tmp_path, "audit", "key", str(tmp_path / "seal-key"))
    assert (again.returncode, again.stdout, (tmp_path / "seal-key").read_text()) == (2, "", kept)


def test_keys_of_data_are_made_and_added_to(tmp_path: Path) -> None:
    file = tmp_path / "data-keys"
    assert camaug(tmp_path, "keys", "make", str(file)).returncode == 0
    added = json.loads(camaug(tmp_path, "keys", "add", str(file)).stdout)["added"]
    assert file.read_text().startswith(f"{added} ")
    assert camaug(tmp_path, "keys", "make", str(file)).returncode == 2


def test_a_port_in_use_is_refused_in_one_sentence(site: tuple[subprocess.Popen[str], int], data: Path) -> None:
    answer = camaug(data, "up", "--port", str(site[1]))
    assert answer.returncode == 2
    assert f"Port {site[1]} is in use" in answer.stderr


def test_a_demo_refuses_to_start_beside_production_settings(data: Path) -> None:
    answer = camaug(data, "stats", SECRET_KEY="k" * 50)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("Demo mode")
    assert "Traceback" not in answer.stderr


def test_an_address_that_nobody_answers_is_refused_in_one_sentence(data: Path) -> None:
    answer = camaug(data, "stats", DATABASE_URL=f"postgresql://camaug@127.0.0.1:{free_port()}/camaug")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "Traceback" not in answer.stderr


def test_help_names_every_command(data: Path) -> None:
    answer = camaug(data, "--help")
    assert answer.returncode == 0
    known = "up web worker load import export catalogue recount stats backup restore doctor manage psql"
    for command in known.split():
        assert f"\n  {command} " in answer.stdout


def test_the_share_of_verified_facts_is_told_without_a_database(tmp_path: Path) -> None:
    answer = camaug(tmp_path / "nowhere", "catalogue", "check")
    found = json.loads(answer.stdout)
    assert (answer.returncode, found["errors"]) == (0, [])
    assert 0 < found["share_verified"] <= 1
    assert not (tmp_path / "nowhere").exists()


def test_an_unknown_command_is_refused(data: Path) -> None:
    assert camaug(data, "serve-tea").returncode == 2


def page(port: int) -> int:
    try:
        with urlopen(f"http://localhost:{port}/", timeout=60) as answer:
            return int(answer.status)
    except HTTPError as refusal:
        return refusal.code

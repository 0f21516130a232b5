"""Makes a dump for `test_older_data_migrates`, of the schema as it is: `python -m tests.dumps.make`, once a release.

The small province with the cast's cases in every step and one of everything that the pages show.
"""

import os
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING

from camaug.runtime.instance import keep_secret_key
from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running
from camaug.runtime.postgres.software import client

if TYPE_CHECKING:
    from tests.world import World


KEYS = Path(__file__).with_name("data-keys")
"""Of nobody: what lies encrypted in the dumps opens with them, but for those until 2026-11-26."""


def main() -> None:
    """Write tests/dumps/<today>.sql.gz, by the day in Vietnam; a second of the same day stands beside the first."""
    with tempfile.TemporaryDirectory(prefix="camaug-dump-", ignore_cleanup_errors=True) as made:
        data = Path(made)
        data.chmod(0o755)
        os.environ |= {"DATA": made, "DATA_KEYS_FILE": str(KEYS), "DJANGO_SETTINGS_MODULE": "config.settings"}
        keep_secret_key(data)
        with running(data / "server", settings=WITHOUT_DURABILITY) as address:
            os.environ["DATABASE_URL"] = address
            _fill()
            file = _file()
            words = ("--format=plain", "--compress=gzip:9", "--no-owner", "--file", str(file), address)
            subprocess.run([client("pg_dump"), *words], check=True)


def _file() -> Path:
    from camaug.kernel.clock import LOCAL, now

    day = now().astimezone(LOCAL).date().isoformat()
    names = (f"{day}{letter}.sql.gz" for letter in ("", *ascii_lowercase))
    return next(file for name in names if not (file := Path(__file__).with_name(name)).exists())


def _fill() -> None:
    """Through real actions, then sealed."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)

    from camaug.audit.actions.seal import seal
    from camaug.audit.keys import make_key, signer
    from camaug.kernel import dispatch
    from camaug.kernel.clock import now
    from camaug.notify.loading import load_profile
    from tests.belongings import belongings, of_the_office
    from tests.dumps.closed import close
    from tests.world import AT, build

    world = build()
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    belongings(world)
    of_the_office(world)
    close(world)
    _lend(world)
    dispatch.drain()
    make_key(Path(os.environ["DATA"], "seal-key"))
    seal(key=signer(), at=now())
    connection.close()


def _lend(world: "World") -> None:
    """Somebody stands in for another, and has another's role for a time."""
    from camaug.access.models import Account
    from camaug.kernel.actors import SYSTEM
    from camaug.people.actions.declare_absence import declare_absence
    from camaug.people.actions.entrust_role import entrust_role
    from tests.world import AT

    specialist, registrar = (world.officer(key).posts[0] for key in ("specialist", "registrar"))
    stand_in = Account.objects.get(pk=world.officers["registrar"]).officer_id
    ends = AT + timedelta(days=3)
    declare_absence(specialist.id, stand_in_id=stand_in, from_at=AT, until_at=ends, by=SYSTEM, at=AT)
    entrust_role(registrar.id, role="ONE_STOP_CLERK", reason="Kiêm nhiệm", from_at=AT, until_at=ends, by=SYSTEM, at=AT)


if __name__ == "__main__":
    main()

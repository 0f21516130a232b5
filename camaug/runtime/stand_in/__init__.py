"""A second provider plays VNeID beside a demo, so that signing in by it can be tried; never in production.

It runs on this machine alone and begins after the site answers; without Node or its package there is none.
"""

import json
import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from secrets import token_urlsafe

from camaug.runtime.serving import is_free

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NAME = "VNeID (mô phỏng)"
OURS = "http://localhost:{port}"
_NODE = Path(sys.executable).parent / "node"
_PORTS = 20
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def foresee(env: MutableMapping[str, str], host: str, port: int) -> int | None:
    """Say in the environment that there will be one, before settings are read; its port, None where there is none."""
    wanted = env.get("CAMAUG_MODE", "demo") == "demo" and env.get("VNEID_STAND_IN", "on") == "on"
    there = _NODE.exists() and (ROOT / "node_modules" / "oidc-provider").is_dir()
    if not wanted or not there or env.get("OUTSIDE_ISSUER") or host not in _LOOPBACK:
        return None
    here = OURS.format(port=port)  # PUBLIC_URL stays: it names the tree of the history too
    if env.get("PUBLIC_URL", here) != here:
        return None
    free = next((one for one in range(port + 1, port + 1 + _PORTS) if is_free("127.0.0.1", one)), None)
    if free is not None:
        env.update(OUTSIDE_ISSUER=OURS.format(port=free), OUTSIDE_CLIENT_ID="camaug", OUTSIDE_NAME=NAME)
        env["OUTSIDE_RETURNS_TO"] = here
        env["OUTSIDE_CLIENT_SECRET"] = token_urlsafe(32)
    return free


def command(port: int) -> list[str]:
    """What runs it, told where the site is and whom of the cast it offers."""
    from django.conf import settings

    from camaug.access.outside.asking import leading_back
    from camaug.people.profile.cast import read_cast

    os.environ["STAND_IN"] = json.dumps(
        {
            "port": port,
            "back": leading_back("access:back_from_outside"),
            "left": leading_back("access:left_outside"),
            "told": leading_back("access:outside_ended"),
            "client": settings.OUTSIDE_CLIENT_ID,
            "secret": settings.OUTSIDE_CLIENT_SECRET,
            "citizens": [
                {"number": one.number, "name": one.name, "born": f"{one.born:%Y%m%d}"}
                for one in read_cast(settings.PROFILE).citizens.values()
            ],
        }
    )
    return [str(_NODE), str(HERE / "vneid.mjs")]

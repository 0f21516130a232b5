"""Secrets that lie in files, as container engines and systemd hand them out: `NAME_FILE` names the file of NAME."""

import os
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from camaug.kernel.ownership import belong

SECRETS = (
    "DATABASE_URL",
    "SECRET_KEY",
    "SMTP_PASSWORD",
    "SMS_GATEWAY_KEY",
    "METRICS_TOKEN",
    "NATIONAL_PORTAL_PASSWORD",
    "POST_SECRET",
    "OUTSIDE_CLIENT_SECRET",
)


def take_in(env: MutableMapping[str, str]) -> None:
    """Put each such secret under its own name; ImproperlyConfigured where it cannot be read or is given twice."""
    for name in SECRETS:
        path = env.get(f"{name}_FILE")
        if not path:
            continue
        try:
            secret = Path(path).read_text().strip()
        except OSError as slip:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {slip.strerror}.") from slip
        if env.get(name, secret) != secret:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both given: keep one of them.")
        env[name] = secret


def make(path: Path, secret: str) -> None:
    """Write a new secret for the folder's owner only, whole or not at all; FileExistsError where one is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as beside:  # only the owner's
        beside.write(secret)
        beside.flush()
        os.fsync(beside.fileno())
        belong(Path(beside.name), path.parent)
        os.link(beside.name, path)


def replace(path: Path, secret: str) -> None:
    """Write another secret in the place of the one that is kept, whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-", delete=False) as beside:
        beside.write(secret)
        beside.flush()
        os.fsync(beside.fileno())
    belong(Path(beside.name), path)
    os.replace(beside.name, path)

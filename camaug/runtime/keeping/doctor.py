"""What a real installation still lacks: each check is one sentence, and holds or not."""

import shlex
import shutil
import smtplib
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from camaug.access.outside.provider import metadata, plays, provider
from camaug.access.queries import active_administrators, active_operators
from camaug.audit import keys
from camaug.audit.queries import tail
from camaug.kernel import encryption
from camaug.kernel.clock import now
from camaug.kernel.errors import DomainError
from camaug.runtime.health import readiness
from camaug.runtime.keeping.backup import finished
from camaug.runtime.keeping.manifest import Manifest, NoBackup
from camaug.signon.keys import ALGORITHMS, NoSigningKey, signing_key
from camaug.signon.keys import keys as signon_keys

_OLDEST_BACKUP = timedelta(days=1)
_FREE_BYTES = 10 << 30
_OLDEST_SERVER = 150_000
_LONGEST_TAIL = 600  # seconds that an event may wait for its seal
IN_ORDER = "SELECT 'Z' < 'a' AND lower('Đ') = 'đ'"
"""True where text is compared letter by letter, as keys of order want it, and folded as Unicode says: in C.UTF-8."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether it holds, and what to do where it does not."""

    name: str
    holds: bool
    advice: str


def findings(*, production: bool, shelf: Path | None) -> list[Finding]:
    """All checks, in the order in which they are mended; those of `production` are left out otherwise."""
    checks = _ALWAYS + (_PRODUCTION if production else ())
    if readiness.missing():
        checks = _ALWAYS[:1]
    found = [Finding(name, holds(), advice) for name, holds, advice in checks]
    if production and len(checks) > 1:
        found.append(
            Finding(
                "backup",
                _backed_up(shelf),
                "Have `camaug backup` run every day and name its folder here with --backups.",
            )
        )
        found.append(
            Finding(
                "encrypted backups",
                _all_encrypted(shelf),
                "Backups from before lie open in the folder: throw them away, now that new ones are encrypted.",
            )
        )
    return found


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


def _durable() -> bool:
    return {_setting(name) for name in ("fsync", "full_page_writes", "synchronous_commit")} <= {
        "on",
        "remote_apply",
        "remote_write",
    }


def _recent_server() -> bool:
    return int(_setting("server_version_num")) >= _OLDEST_SERVER


def _in_order() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IN_ORDER)
        return bool(cursor.fetchone()[0])


def _terse() -> bool:
    """A log that is not terse repeats the rows that the database refuses, names and numbers in them."""
    return _setting("log_error_verbosity") == "terse"


def _none(query: str) -> Callable[[], bool]:
    def holds() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT NOT EXISTS ({query})")
            return bool(cursor.fetchone()[0])

    return holds


def _sealing() -> bool:
    try:
        keys.signer()
    except keys.NoKey:
        return False
    apart = settings.DATA not in Path(settings.SEAL_KEY_FILE).resolve().parents
    return apart and tail(at=now()).seconds < _LONGEST_TAIL


def _data_keys() -> bool:
    try:
        encryption.ring()
    except ImproperlyConfigured:
        return False
    return settings.DATA not in Path(settings.DATA_KEYS_FILE).resolve().parents


def _signon_keys() -> bool:
    """Both algorithms have a key that signs now, and no other account of the machine reads any."""
    at = now()
    try:
        for algorithm in ALGORITHMS:
            signing_key(algorithm, at=at)
        return not any(one.path.stat().st_mode & stat.S_IROTH for one in signon_keys())
    except (NoSigningKey, OSError, ValueError):
        return False


def _https() -> bool:
    return settings.PUBLIC_URL.startswith("https://") and settings.SITE_URL.startswith("https://")


def _scanner() -> bool:
    words = shlex.split(settings.VIRUS_SCAN)
    return bool(words) and shutil.which(words[0]) is not None


def _mail_server() -> bool:
    if not settings.SMTP_HOST:
        return False
    try:
        with smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=5) as server:
            return server.noop()[0] == 250
    except OSError:
        return False


def _given(*names: str) -> Callable[[], bool]:
    """Whether all of these settings say something."""
    return lambda: all(getattr(settings, name) for name in names)


def _outside() -> bool:
    known = provider()
    if known is None or not known.client_secret or not known.issuer.startswith("https://"):
        return False
    try:
        return bool(metadata(known, at=now()).get("token_endpoint"))
    except DomainError:
        return False


def _nobody_plays() -> bool:
    known = provider()
    return known is None or not plays(known, at=now())


def _operated() -> bool:
    """Without an administrator nobody could enter an operator: that is asked for first."""
    return bool(active_operators(at=now())) or not active_administrators(at=now())


def _space() -> bool:
    return shutil.disk_usage(settings.DATA).free >= _FREE_BYTES


def _private_files() -> bool:
    folder = settings.FILES_ROOT
    return not folder.exists() or not folder.stat().st_mode & stat.S_IROTH or not folder.stat().st_mode & stat.S_IXOTH


def _backed_up(shelf: Path | None) -> bool:
    try:
        made = [Manifest.read(path).made_at for path in finished(shelf)[-1:]] if shelf and shelf.is_dir() else []
    except NoBackup:
        return False
    return bool(made) and now() - made[0] <= _OLDEST_BACKUP


def _all_encrypted(shelf: Path | None) -> bool:
    """No backup that anybody could read; one that is damaged is another check's."""
    for path in finished(shelf) if shelf and shelf.is_dir() else ():
        with suppress(NoBackup):
            if not Manifest.read_alone(path).sealed:
                return False
    return True


type Check = tuple[str, Callable[[], bool], str]

_ALWAYS: tuple[Check, ...] = (
    ("ready", lambda: not readiness.missing(), "The database, its migrations or the folder of files: see /readyz."),
    ("PostgreSQL 15", _recent_server, "Install PostgreSQL 15 or later."),
    (
        "order of names",
        _in_order,
        "Make the database with --locale C.UTF-8 and restore a backup into it: names stand in a wrong order.",
    ),
    (
        "durable writes",
        _durable,
        "Set fsync, full_page_writes and synchronous_commit to on: an acknowledged write must survive.",
    ),
    ("disk", _space, "Free 10 GB or more on the disk of DATA."),
)
_PRODUCTION: tuple[Check, ...] = (
    (
        "production mode",
        lambda: not settings.DEMO,
        "Set CAMAUG_MODE=production: a demo shows sign-in codes to everybody.",
    ),
    (
        "no demonstration data",
        _none("SELECT FROM runtime_loadedstep WHERE name IN ('the cast''s sign-ins', 'a month of cases')"),
        "This database was a demonstration, with sign-ins that everybody knows: begin with an empty one.",
    ),
    (
        "database server of its own",
        lambda: not (settings.DATA / "postgres").exists(),
        "Set DATABASE_URL to a PostgreSQL server that has a standby and its own archive of changes.",
    ),
    (
        "a log without rows",
        _terse,
        "Have PostgreSQL keep refused rows out of its log: ALTER SYSTEM SET log_error_verbosity = terse, and reload.",
    ),
    (
        "codes of agencies",
        _none("SELECT FROM people_agency WHERE code_is_placeholder"),
        "Some identity codes of agencies are placeholders: bring in the real ones with `camaug import codes`.",
    ),
    ("addresses", _https, "Set PUBLIC_URL and SITE_URL to the portal's address, with https://."),
    (
        "private files",
        _private_files,
        "Take the right to read the folder of files away from other accounts (chmod o-rwx).",
    ),
    ("virus scanner", _scanner, "Install ClamAV and set VIRUS_SCAN, for example to `clamdscan --fdpass`."),
    ("mail", _mail_server, "Set SMTP_HOST and the rest: the mail server does not answer."),
    ("SMS", _given("SMS_GATEWAY_URL", "SMS_GATEWAY_KEY"), "Set SMS_GATEWAY_URL and SMS_GATEWAY_KEY."),
    (
        "post",
        _given("POST_URL", "POST_CUSTOMER", "POST_SECRET"),
        "Set POST_URL, POST_CUSTOMER and POST_SECRET_FILE: papers and results are not carried.",
    ),
    (
        "national portal",
        _given("NATIONAL_PORTAL_URL", "NATIONAL_PORTAL_USER", "NATIONAL_PORTAL_PASSWORD", "NATIONAL_PORTAL_UNIT"),
        "Set NATIONAL_PORTAL_URL, _USER, _PASSWORD_FILE and _UNIT: the national portal is told of no case.",
    ),
    (
        "identity from outside",
        _outside,
        "Set OUTSIDE_ISSUER (https://), OUTSIDE_CLIENT_ID and OUTSIDE_CLIENT_SECRET_FILE: citizens sign in by VNeID.",
    ),
    (
        "no stand-in for VNeID",
        _nobody_plays,
        "Whatever answers at OUTSIDE_ISSUER only plays VNeID and lets anybody in as anybody: take it away.",
    ),
    (
        "sealed history",
        _sealing,
        "Make a key with `camaug audit key`, set SEAL_KEY_FILE to it, outside DATA, and have a worker run.",
    ),
    (
        "data keys",
        _data_keys,
        "Make a file with `camaug keys make`, set DATA_KEYS_FILE to it, outside DATA, and keep it twice.",
    ),
    (
        "sign-on keys",
        _signon_keys,
        "Make keys with `camaug signin rotate-keys --hours 0` in the folder of SIGNON_KEYS, for its owner alone.",
    ),
    (
        "witness",
        lambda: bool(settings.WITNESSES),
        "Have another authority run `camaug witness`, and set WITNESSES to its address and key.",
    ),
    (
        "administrator",
        lambda: bool(active_administrators(at=now())),
        "Nobody can invite others: let the first one in with `camaug access first-administrator MAIL`.",
    ),
    (
        "operator",
        _operated,
        "Nobody has failing work tried again: have an administrator enter an officer with OPERATOR and invite him.",
    ),
    ("measured", lambda: bool(settings.METRICS_TOKEN), "Set METRICS_TOKEN and have Prometheus read /metrics."),
)

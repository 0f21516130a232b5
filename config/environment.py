"""What the environment says, parsed once; a mixture that would be dangerous is refused in one sentence."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("demo", "production")
ONLY_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "TRUSTED_ORIGINS")
SAID_IN_PRODUCTION = (*ONLY_IN_PRODUCTION, "TRUSTED_PROXIES")
"""How many proxies there are is never guessed: with too few, everybody seems to sit inside."""
PRIVATE = "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"
_SHORTEST_KEY = 32


def mode(env: Mapping[str, str]) -> str:
    """`demo` or `production`; ImproperlyConfigured where demo meets production settings or production lacks its own."""
    chosen = env.get("CAMAUG_MODE", "demo")
    if chosen not in MODES:
        raise ImproperlyConfigured(f"CAMAUG_MODE is “{chosen}”: choose demo or production.")
    given = [name for name in ONLY_IN_PRODUCTION if env.get(name)]
    if chosen == "demo" and given:
        raise ImproperlyConfigured(
            f"Demo mode, which shows sign-in codes to everybody, refuses to start beside production settings"
            f" ({', '.join(given)}): set CAMAUG_MODE=production, or unset them."
        )
    if chosen == "production":
        _check_production(env)
    return chosen


def _check_production(env: Mapping[str, str]) -> None:
    missing = [name for name in SAID_IN_PRODUCTION if not env.get(name)]
    if missing:
        raise ImproperlyConfigured(f"Production refuses to start without {', '.join(missing)}.")
    if len(env["SECRET_KEY"]) < _SHORTEST_KEY:
        raise ImproperlyConfigured(f"SECRET_KEY is too short: production wants {_SHORTEST_KEY} characters or more.")
    if "*" in words(env["ALLOWED_HOSTS"]):
        raise ImproperlyConfigured("ALLOWED_HOSTS is “*”: production wants the names of its own hosts.")
    if any(not origin.startswith("https://") for origin in words(env["TRUSTED_ORIGINS"])):
        raise ImproperlyConfigured("TRUSTED_ORIGINS holds an origin without https://, which production refuses.")


def words(text: str) -> list[str]:
    """The comma-separated words of a setting, without blanks."""
    return [word.strip() for word in text.split(",") if word.strip()]


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """Comma-separated networks; ImproperlyConfigured where one is none."""
    try:
        return [ip_network(word) for word in words(text)]
    except ValueError as wrong:
        raise ImproperlyConfigured(f"INSIDE_NETWORKS: {wrong}; write networks as 10.1.0.0/16.") from wrong


def secret_key(env: Mapping[str, str], data: Path) -> str:
    """Production's own key; in demo mode the one that lies in DATA, made at the first start."""
    kept = data / "secret-key"
    if key := env.get("SECRET_KEY"):
        return key
    return kept.read_text() if kept.is_file() else "for-commands-that-neither-sign-nor-serve"


def database(url: str) -> dict[str, object]:
    """Django's entry for a `postgresql://` address; its query holds libpq's options, `host` for a folder of sockets."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "camaug.kernel.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, **options},
    }


def web_address(text: str) -> str:
    """An address of the web, or nothing; ImproperlyConfigured where it is neither."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ImproperlyConfigured(f"“{text}” is no address: it must start with https:// or http://.")
    return text.rstrip("/")


def exact_address(text: str) -> str:
    """The same letter by letter, as an issuer is compared."""
    web_address(text)
    return text


def kinds(text: str) -> dict[str, str]:
    """How another system codes a person and a business, from `1,2`; ImproperlyConfigured otherwise."""
    codes = words(text)
    if len(codes) != 2:
        raise ImproperlyConfigured("NATIONAL_PORTAL_KINDS names two codes: of a person and of a business, as in 1,2.")
    return {"PERSON": codes[0], "BUSINESS": codes[1]}

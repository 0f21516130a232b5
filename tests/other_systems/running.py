"""Each system as a process of its own, with a folder of its own, on a port of its own."""

import grp
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.waiting import PATIENCE, until

ROOT = Path(__file__).parents[2]

APACHE = """
ServerRoot "{folder}"
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
ErrorLog "{folder}/error.log"
Mutex file:{folder}
{user}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authn_core_module {modules}/mod_authn_core.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_user_module {modules}/mod_authz_user.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule include_module {modules}/mod_include.so
LoadModule auth_openidc_module {modules}/mod_auth_openidc.so
DocumentRoot "{folder}/pages"
OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
OIDCClientID {client_id}
OIDCClientSecret {secret}
OIDCRedirectURI http://localhost:{port}/cb
OIDCCryptoPassphrase {secret}
OIDCPKCEMethod S256
OIDCScope "openid profile"
OIDCRemoteUserClaim name
OIDCDefaultLoggedOutURL http://localhost:{port}/left
OIDCCacheShmEntrySizeMax 66065
OIDCHTTPTimeoutShort {patience}
OIDCHTTPTimeoutLong {patience}
<Location />
  AuthType openid-connect
  Require valid-user
  Options +Includes
  SetOutputFilter INCLUDES
  ForceType "text/html; charset=utf-8"
</Location>
<Location /left>
  Require all granted
</Location>
"""
APACHES_PAGE = """<!doctype html><title>apache</title>
<h1><!--#echo var="REMOTE_USER" --></h1><p><!--#echo var="OIDC_CLAIM_acr" --> <!--#echo var="OIDC_CLAIM_amr" --></p>
"""
"""What the module has told the server of whoever is in."""

DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap submission
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = xoauth2 oauthbearer
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:{folder}/mail/%u
{user}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {sending}
  }}
  inet_listener submissions {{
    port = 0
  }}
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
submission_relay_trusted = yes
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
first_valid_uid = 0
"""
TOKENS = """
introspection_mode = post
introspection_url = http://{client_id}:{secret}@{place}/sso/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


@contextmanager
def process(command: list[str], port: int, **more: str) -> Iterator[str]:
    """A program that listens there; its address."""
    with subprocess.Popen(command, env={**os.environ, **more}, cwd=ROOT) as running:
        try:
            wait_for(port, running)
            yield f"http://localhost:{port}"
        finally:
            running.terminate()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()


def wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    """Until somebody listens."""

    def listens() -> bool | None:
        assert running.poll() is None, f"{running.args!r} ended"
        with socket.socket() as probe:
            return True if probe.connect_ex(("127.0.0.1", port)) == 0 else None

    until(listens, what=f"port {port}")


def node(issuer: str, port: int, told: Mapping[str, str]) -> AbstractContextManager[str]:
    """The Node system."""
    command = [str(ROOT / ".venv/bin/node"), "tests/other_systems/meetings.mjs"]
    return process(command, port, **_environment(issuer, port, told))


def authlib(issuer: str, port: int, told: Mapping[str, str]) -> AbstractContextManager[str]:
    """The Authlib system."""
    command = [sys.executable, "-m", "tests.other_systems.notes"]
    return process(command, port, AUTHLIB_INSECURE_TRANSPORT="1", **_environment(issuer, port, told))


def another_provider(port: int, back: str, secret: str) -> AbstractContextManager[str]:
    """A provider of others, which plays VNeID in demonstrations; it knows one system, that it leads back there."""
    told = {"port": port, "back": back, "left": back, "told": back, "client": "camaug", "secret": secret}
    command = [str(ROOT / ".venv/bin/node"), "camaug/runtime/stand_in/vneid.mjs"]
    return process(command, port, STAND_IN=json.dumps(told))


def apache(issuer: str, port: int, told: Mapping[str, str], folder: Path) -> AbstractContextManager[str]:
    """Apache with mod_auth_openidc; one page behind it."""
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "index.html").write_text(APACHES_PAGE)
    (folder / "pages" / "left").write_text("left")
    user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
    folder.chmod(0o777)
    config = APACHE.format(
        folder=folder,
        port=port,
        issuer=issuer,
        modules="/usr/lib/apache2/modules",
        user=user,
        patience=PATIENCE,
        **told,
    )
    (folder / "apache.conf").write_text(config)
    return process(["/usr/sbin/apache2", "-f", str(folder / "apache.conf"), "-DFOREGROUND"], port)


@dataclass(frozen=True)
class MailPorts:
    """Where one reads, where one sends, and where Dovecot hands on what was sent."""

    imap: int
    sending: int
    relay: int


def dovecot(issuer: str, ports: MailPorts, told: Mapping[str, str], folder: Path) -> AbstractContextManager[str]:
    """Dovecot, which asks us about tokens."""
    folder.mkdir()
    folder.chmod(0o755)
    tokens = TOKENS.format(client_id=told["client_id"], secret=quote(told["secret"]), place=urlsplit(issuer).netloc)
    (folder / "oauth2.conf").write_text(tokens)
    known = pwd.getpwuid(os.getuid() or pwd.getpwnam("nobody").pw_uid)
    uid, gid = known.pw_uid, known.pw_gid
    own = {"internal_user": known.pw_name, "login_user": known.pw_name, "internal_group": grp.getgrgid(gid).gr_name}
    me = "\n".join(f"default_{what} = {name}" for what, name in own.items()) if os.getuid() else ""
    config = DOVECOT.format(folder=folder, user=me, uid=uid, gid=gid, **asdict(ports))
    (folder / "dovecot.conf").write_text(config)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", uid, gid)
    return process(["/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")], ports.imap)


def _environment(issuer: str, port: int, told: Mapping[str, str]) -> dict[str, str]:
    return {"ISSUER": issuer, "PORT": str(port), "CLIENT_ID": told["client_id"], "SECRET": told["secret"]}

"""What a mail program does with a token, and the server to which Dovecot hands on what was sent with one."""

import imaplib
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.other_systems.preparing import CLERK
from tests.waiting import PATIENCE

FAR, TEXT = "tiepdan@angiang.gov.vn", "Kinh gui: bao cao tuan 48."
"""What mails say, and to whom they go: a mailbox of another server."""


@dataclass(frozen=True)
class Sent:
    """A mail that was taken: `account` is whose token let it in, `sender` what its envelope says."""

    account: str
    sender: str
    recipients: tuple[str, ...]
    body: str


class Told(SMTP):
    """A server that believes the one before it, by XCLIENT, about who has signed in there."""

    account = ""

    async def smtp_XCLIENT(self, given: str) -> None:  # noqa: N802 (aiosmtpd's name)
        self.account = dict(one.split("=", 1) for one in given.split())["LOGIN"]
        await self.push("220 Told")


class Relay:
    """What the next server does: it takes of everybody what is in his own name, and keeps it."""

    def __init__(self) -> None:
        self.taken: list[Sent] = []

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, server: Told, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-XCLIENT LOGIN", *responses[1:]]

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: Told, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address != server.account:
            return "553 5.7.1 Not the sender's own address"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: Told, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        body = envelope.content.decode().partition("\r\n\r\n")[2].strip()
        self.taken.append(Sent(server.account, envelope.mail_from or "", tuple(envelope.rcpt_tos), body))
        return "250 OK"


class _Listening(Controller):
    def factory(self) -> SMTP:
        return Told(self.handler)


@contextmanager
def relay(port: int) -> Iterator[Relay]:
    """One that listens there."""
    taking = Relay()
    server = _Listening(taking, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield taking
    finally:
        server.stop()


def opens(port: int, token: str, *, user: str = CLERK, mechanism: str = "XOAUTH2") -> bool:
    """Whether the mailbox of the user opens with the token."""
    with imaplib.IMAP4("127.0.0.1", port, timeout=PATIENCE) as server:
        try:
            server.authenticate(mechanism, lambda _challenge: _said(token, user)[mechanism].encode())
        except imaplib.IMAP4.error:
            return False
        return server.select("INBOX")[0] == "OK"


def sends(port: int, token: str, *, user: str = CLERK, mechanism: str = "XOAUTH2", sender: str = "") -> int:
    """What is answered to a mail of the user, in his own name if no other sender is given: 250 where it is taken.

    An empty token is not shown.
    """
    shown = _said(token, user)[mechanism]
    refused = {"XOAUTH2": "", "OAUTHBEARER": "\x01"}[mechanism]  # what ends the talk when a token is not taken
    with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE) as server:
        server.ehlo()
        try:
            if token:
                fits = len(shown) < 360  # in base64 into a command's line, RFC 4954 (4)
                server.auth(mechanism, lambda told=None: refused if told else shown, initial_response_ok=fits)
            server.sendmail(sender or user, FAR, f"Subject: CaMau-G\r\n\r\n{TEXT}\r\n")
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused) as refusal:
            return refusal.smtp_code
        return 250


def _said(token: str, user: str) -> dict[str, str]:
    """By which a program shows a token: the first is Google's, and most programs', the second RFC 7628's."""
    return {
        "XOAUTH2": f"user={user}\x01auth=Bearer {token}\x01\x01",
        "OAUTHBEARER": f"n,a={user},\x01host=localhost\x01auth=Bearer {token}\x01\x01",
    }

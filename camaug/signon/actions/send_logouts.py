from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from camaug.kernel.actors import Actor
from camaug.kernel.outgoing.asking import Unreachable, ask
from camaug.kernel.outgoing.sending import BATCH, Answer, Fate, Sending
from camaug.signon.events import LogoutNoticeGivenUp
from camaug.signon.issuer import issuer
from camaug.signon.keys import NoSigningKey
from camaug.signon.models import LogoutNotice
from camaug.signon.signing import signed

PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
EVENT = "http://schemas.openid.net/event/backchannel-logout"
LIFETIME = timedelta(minutes=2)
_PATIENCE = 5.0  # seconds
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def send_logouts(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Tell systems which sign-ons have ended; returns how many notices were claimed. Told twice, they do nothing."""
    return _SENDING.send_due(by=by, at=at, batch=batch)


def logout_token(notice: LogoutNotice, *, at: datetime) -> str:
    """What the system is told (Back-Channel Logout 2.4). NoSigningKey."""
    sign_on = notice.sign_on
    claims: dict[str, Any] = {
        "iss": issuer(),
        "sub": str(sign_on.account_id),
        "aud": sign_on.system.client_id,
        "iat": int(at.timestamp()),
        "exp": int((at + LIFETIME).timestamp()),
        "jti": str(uuid4()),
        "sid": str(sign_on.id),
        "events": {EVENT: {}},
    }
    return signed(claims, algorithm=sign_on.system.algorithm, kind="logout+jwt", at=at)


def _tell(notice: LogoutNotice, at: datetime) -> Answer:
    try:
        form = urlencode({"logout_token": logout_token(notice, at=at)}).encode()
        reply = ask("POST", notice.sign_on.system.logout_uri, form, headers=_FORM, patience=_PATIENCE)
    except (Unreachable, NoSigningKey) as no:
        return Answer(Fate.SILENT, why={"problem": str(no)[:200]})
    if reply.is_good:
        return Answer(Fate.TAKEN, why={"problem": ""}, columns={"sent_at": at})
    return Answer(Fate.NOT_NOW, why={"problem": f"It answered {reply.status}."})


def _given_up(notice: LogoutNotice, answer: Answer) -> LogoutNoticeGivenUp:
    problem = str(answer.why["problem"])
    system_id = notice.sign_on.system_id
    return LogoutNoticeGivenUp(subject=notice.id, system_id=system_id, problem=problem, attempts=notice.attempts)


_SENDING = Sending(
    due=lambda at: LogoutNotice.objects.due(at=at),
    attempt=_tell,
    given_up=_given_up,
    pauses=PAUSES,
    road=lambda notice: str(notice.sign_on.system_id),
)

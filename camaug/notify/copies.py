"""What people may take away of messages: all that they were told."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.copying import Line, Section
from camaug.notify.queries import messages_of

_MOST_AT_ONCE = 100


def _notices(actor: Actor, _at: datetime) -> Iterator[Line]:
    token = ""
    while actor.account_id:
        page = messages_of(actor.account_id, token=token, size=_MOST_AT_ONCE)
        for one in page.rows:
            yield Line(one.at, f"{one.title}. {one.body}", {"title": one.title, "body": one.body, "read": one.read})
        token = page.older
        if not token:
            return


COPIES = {"notices": Section(_("Notices"), ("notify.Message",), _notices)}

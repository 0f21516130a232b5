import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.db import connection
from procrastinate.contrib.django import app

from camaug.kernel import clock
from camaug.kernel.actors import SYSTEM
from camaug.notify.actions.clear_tray import KEPT, clear_tray
from camaug.notify.actions.tell import Recipient
from camaug.notify.channels.counterpart import LocalGateway
from camaug.notify.models import Channel, DeliveryState, TrayMessage
from tests.integration.notify.conftest import NOW, PHONE, delivery, tell_submitted

WORK = "import django; django.setup(); from camaug.runtime.worker import work; work()"


def test_the_jobs_are_known_to_the_worker_with_their_times() -> None:
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["notify.deliver_due"] == "* * * * * */5"
    assert crons["notify.clear_tray"] == "17 3 * * *"


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_sends_what_is_due_and_a_killed_one_is_followed_by_the_next(
    texts: None, gateway: LocalGateway
) -> None:
    gateway.failing = 503
    message = tell_submitted(Recipient(phone=PHONE), at=clock.now())
    with worker():
        wait_for(lambda: delivery(message, Channel.SMS).state == DeliveryState.FAILED)
    gateway.failing = 0
    message.deliveries.update(next_attempt_at=clock.now())
    with worker():
        wait_for(lambda: delivery(message, Channel.SMS).state == DeliveryState.SENT)
    assert [sms["to"] for sms in gateway.taken.values()] == [PHONE]


@pytest.mark.django_db
def test_the_tray_forgets_after_a_week() -> None:
    for age in (timedelta(0), KEPT, KEPT + timedelta(seconds=1)):
        TrayMessage.objects.create(contact=PHONE, text="", sent_at=NOW - age)
    assert clear_tray(by=SYSTEM, at=NOW) == 1
    assert TrayMessage.objects.count() == 2


@contextmanager
def worker() -> Iterator[None]:
    """The real worker, over the database of the test; killed without warning at the end."""
    known = connection.settings_dict
    host = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    who = f"{known['USER']}:{known['PASSWORD']}@" if known["PASSWORD"] else f"{known['USER']}@"
    address = f"postgresql://{who}{host}/{known['NAME']}"
    if str(known["HOST"]).startswith("/"):
        address = f"postgresql://{who}/{known['NAME']}?host={known['HOST']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address,
        "SMS_GATEWAY_URL": site.SMS_GATEWAY_URL,
        "SMS_GATEWAY_KEY": site.SMS_GATEWAY_KEY,
    }
    with subprocess.Popen([sys.executable, "-c", WORK], env=environment) as running:
        try:
            yield
        finally:
            running.kill()


def wait_for(done: Callable[[], bool], *, seconds: float = 90) -> None:
    """Look twice a second."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "the worker did not do it in time"
        time.sleep(0.5)

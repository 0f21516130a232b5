"""Run as a program: fills the empty installation of DATA with the small province, people who are signed in, and drafts
that only wait to be sent. Prints them as JSON: sessions by the cast's keys, drafts by id.
"""

import json
import sys

from camaug.runtime import instance


def main(drafts: int) -> None:
    """Migrate and fill."""
    with instance.opened(prepared=False):
        from django.conf import settings
        from django.core.management import call_command

        from camaug.kernel.clock import now
        from camaug.notify.loading import load_profile as load_texts
        from camaug.runtime.loading import STEPS
        from camaug.runtime.models import LoadedStep
        from tests.world import build

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        LoadedStep.objects.bulk_create(LoadedStep(name=step.name, loaded_at=now()) for step in STEPS)
        world = build()
        load_texts(settings.PROFILE, at=now(), progress=lambda _done, _total: None)
        waiting = [str(ready_to_send(world)) for _ in range(drafts)]
        accounts = {**world.officers, **world.citizens}
        sessions = {key: session_of(accounts[key]) for key in ("mother", "clerk", "specialist", "chairman")}
        sys.stdout.write(json.dumps({"drafts": waiting, "sessions": sessions}))


def ready_to_send(world):  # type: ignore[no-untyped-def]
    """The mother's application, complete and not sent."""
    from camaug.cases.actions.add_file import add_file
    from camaug.cases.actions.save import Changes, save
    from camaug.cases.actions.start import start
    from camaug.kernel.clock import now
    from tests.applications import birth, photo
    from tests.world import COMMUNE

    at, mother = now(), world.citizen("mother", at=now())
    case = start("dang-ky-khai-sinh", by=mother, at=at)
    save(case.id, Changes(answers=birth(at), receiving_agency=world.agencies[COMMUNE]), by=mother, at=at)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=at)
    return case.id


def session_of(account_id):  # type: ignore[no-untyped-def]
    """The cookie of somebody who is signed in."""
    from django.test import Client

    from camaug.access.models import Account
    from tests.sessions import enter

    browser = Client()
    enter(browser, Account.objects.get(pk=account_id))
    return browser.cookies["sessionid"].value


if __name__ == "__main__":
    main(int(sys.argv[1]))

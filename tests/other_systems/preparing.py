"""Run as a program: fills an empty database with one office, its officers and the systems; prints what these need.

The office is all that a sign-in needs: with the whole province, loading would take longer than the test.
"""

import json
import sys
from datetime import date, datetime, timedelta

from camaug.runtime import instance

CLERK, PASSWORD = "tanan_tranthiminh@camau.gov.vn", "rừng đước Năm Căn 1"
BY_APPLICATION = {
    "tanan_leanhtuan@camau.gov.vn": "Lê Anh Tuấn",
    "tanan_phamvanhung@camau.gov.vn": "Phạm Văn Hùng",
    "tanan_ngothikimchi@camau.gov.vn": "Ngô Thị Kim Chi",
}
"""Who signs in with an application's code as well."""


def main(addresses: str) -> None:
    """`addresses`: those of the systems, as JSON by their names."""
    with instance.opened(prepared=False):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        _nothing_else_is_loaded()
        _engage_the_officers()
        told = {name: _registered(name, address) for name, address in json.loads(addresses).items()}
        told["mail"] = _registered("mail", "")
    sys.stdout.write(json.dumps(told))


def _nothing_else_is_loaded() -> None:
    from camaug.kernel.clock import now
    from camaug.runtime.loading import STEPS
    from camaug.runtime.models import LoadedStep

    LoadedStep.objects.bulk_create(LoadedStep(name=step.name, loaded_at=now()) for step in STEPS)


def _engage_the_officers() -> None:
    from django.conf import settings

    from camaug.access.actions.open_officer_accounts import open_officer_accounts
    from camaug.kernel.actors import SYSTEM
    from camaug.kernel.clock import now
    from camaug.people.actions.appoint import appoint
    from camaug.people.actions.engage_officer import engage_officer
    from camaug.people.actions.found_agency import found_agency
    from camaug.people.loading import load_role_book
    from camaug.people.models import AgencyKind, AgencyLevel, Role

    AgencyLevel.objects.create(code="COMMUNE", name="Cấp xã", rank=3)
    AgencyKind.objects.create(code="COMMITTEE", name="Ủy ban nhân dân")
    Role.objects.create(code="ADMINISTRATOR", name="Quản trị")
    load_role_book(settings.PROFILE, at=now(), progress=lambda _done, _total: None)
    Role.objects.create(code="ONE_STOP_CLERK", name="Bộ phận một cửa")
    by, at = SYSTEM, now()
    facts = {"name": "Ủy ban nhân dân xã Tân Ân", "kind": "COMMITTEE", "level": "COMMUNE", "parent_id": None}
    office = found_agency("H12.39.32245", **facts, from_date=date(2020, 1, 1), by=by, at=at)
    held = {"agency_id": office.id, "title": "Cán bộ", "roles": ["ONE_STOP_CLERK"], "from_date": date(2021, 1, 1)}
    for mailbox, name in {CLERK: "Trần Thị Minh", **BY_APPLICATION}.items():
        appoint(engage_officer(name, official_email=mailbox, by=by, at=at).id, **held, by=by, at=at)
    open_officer_accounts(by=by, at=at)
    for mailbox in (CLERK, *BY_APPLICATION):
        _let_in(mailbox, at=at - timedelta(hours=1))


def _let_in(mailbox: str, *, at: datetime) -> None:
    from camaug.access.actions.activate_officer import activate_officer
    from camaug.access.actions.set_up_totp import set_up_totp
    from camaug.access.demo import TOTP_SECRET
    from camaug.access.totp import code_at, step_of
    from camaug.kernel.actors import SYSTEM

    account = activate_officer(mailbox, password=PASSWORD, by=SYSTEM, at=at)
    if mailbox in BY_APPLICATION:
        set_up_totp(account.id, secret=TOTP_SECRET, digits=code_at(TOTP_SECRET, step_of(at)), by=SYSTEM, at=at)


def _registered(name: str, address: str) -> dict[str, str]:
    from camaug.kernel.actors import SYSTEM
    from camaug.kernel.clock import now
    from camaug.people.queries import directory
    from camaug.signon.actions.register_system import register_system
    from camaug.signon.actions.system_facts import SystemFacts

    at = now()
    owner = next(iter(directory(at.date()))).id
    more: dict[str, dict[str, object]] = {
        "apache": {"logout_uri": f"{address}/cb?logout=backchannel"},
        "node": {"logout_uri": f"{address}/backchannel", "algorithm": "ES256", "authentication": "client_secret_post"},
        "authlib": {"logout_uri": f"{address}/backchannel", "scopes": ("openid", "profile", "mail")},
        "mail": {"guards": ("mail",), "redirect_uris": (), "post_logout_uris": (), "home_uri": ""},
    }
    facts: dict[str, object] = {
        "name": name,
        "owner_id": owner,
        "contact": "hethong@camau.gov.vn",
        "audience": "STAFF",
        "authentication": "client_secret_basic",
        "scopes": ("openid", "profile", "email", "post"),
        "redirect_uris": (f"{address}/cb",),
        "post_logout_uris": (f"{address}/left",),
        "home_uri": f"{address}/",
        **more[name],
    }
    made = register_system(SystemFacts(**facts), by=SYSTEM, at=at)  # type: ignore[arg-type]  # by their names
    return {"client_id": made.system.client_id, "secret": made.secret}


if __name__ == "__main__":
    main(sys.argv[1])

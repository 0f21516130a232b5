"""The role book in the database: what it cannot hold, what a line that another process wrote changes at once."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from camaug.cases.models import Case
from camaug.kernel.actors import SYSTEM
from camaug.kernel.ids import uuid7
from camaug.people.actions.load_grants import load_grants
from camaug.people.models import DirectoryRevision, RoleGrant
from camaug.people.profile.grants import read_grants
from camaug.people.profile.plan import read_settings
from tests.applications import send_birth
from tests.world import AT, World


def test_a_line_written_elsewhere_holds_with_the_next_request(world: World) -> None:
    assert world.officer("clerk").may("cases.submit")
    RoleGrant.objects.filter(role="ONE_STOP_CLERK", permission="cases.submit").update(reach="")
    assert world.officer("clerk").may("cases.submit"), "nothing has told this process yet"
    DirectoryRevision.objects.update(token=uuid7())
    assert not world.officer("clerk").may("cases.submit")


def test_a_line_ends_at_midnight(world: World) -> None:
    RoleGrant.objects.filter(role="ONE_STOP_CLERK", permission="cases.submit").update(valid_until=AT.date())
    DirectoryRevision.objects.update(token=uuid7())
    midnight = AT.replace(hour=0, minute=0)
    assert not world.officer("clerk", at=midnight).may("cases.submit")
    assert world.officer("clerk", at=midnight.replace(day=22, hour=23, minute=59)).may("cases.submit")


def test_the_database_refuses_two_lines_a_day_and_casework_of_administrators(world: World) -> None:
    line = {"role": "LEADER", "permission": "cases.read", "reach": "AGENCY", "valid_from": AT.date(), "granted_at": AT}
    for wrong in ({}, {"role": "ADMINISTRATOR"}, {"permission": "x", "reach": "FAR"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(**{**line, **wrong})


def test_loading_again_brings_back_nothing_that_was_taken(world: World) -> None:
    lines = read_grants(settings.PROFILE)
    RoleGrant.objects.filter(role="ONE_STOP_CLERK", permission="cases.submit").update(reach="")
    RoleGrant.objects.filter(role="LEADER", permission="cases.read").delete()
    assert load_grants(read_settings(settings.PROFILE), lines, by=SYSTEM, at=AT) == 1
    assert load_grants(read_settings(settings.PROFILE), lines, by=SYSTEM, at=AT) == 0
    assert not world.officer("clerk").may("cases.submit")
    assert world.officer("chairman").may("cases.read")


def test_an_administrator_of_an_agency_that_takes_part_sees_no_case_of_it(world: World) -> None:
    case = send_birth(world)
    administrator = world.officer("administrator")
    Case.objects.filter(pk=case.pk).update(participants=[*case.participants, administrator.posts[0].unit_id])
    assert not Case.objects.visible_to(administrator).exists()
    assert Case.objects.visible_to(world.officer("clerk")).exists()

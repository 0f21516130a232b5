from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.people.actions.begin_term import AgencyNotThere
from camaug.people.actions.close_agency import AgencyHasOfficers, AgencyHasUnits, close_agency
from camaug.people.actions.found_agency import CodeMalformed, CodeTaken, ParentNotThere, found_agency
from camaug.people.actions.move_agency import UnderItself, move_agency
from camaug.people.actions.rename_agency import rename_agency
from camaug.people.models import AgencyTerm, Position
from camaug.people.queries import asked_once, directory
from tests.integration.people.conftest import NOW, Tree

BEFORE, CHANGE, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)


def test_it_knows_what_stands_above_and_below(tree: Tree) -> None:
    today = directory(AFTER)
    assert [a.code for a in today.below(tree.province)] == ["H12.38", "H12.39", "H12.39.1"]
    assert [a.code for a in today.above(tree.commune)] == ["H12.39", "H12"]
    assert [a.code for a in today.children(tree.district)] == ["H12.39.1"]
    assert [a.code for a in today.of_level("DISTRICT")] == ["H12.38", "H12.39"]
    assert len(today.of_kind("PEOPLES_COMMITTEE")) == 4
    assert today.by_code("H12.39.1") == today.get(tree.commune)


def test_it_is_searched_without_accents(tree: Tree) -> None:
    assert [a.id for a in directory(AFTER).search("xa tan an")] == [tree.commune]
    assert directory(AFTER).search("Sóc Trăng") == ()


def test_an_agency_is_not_there_before_it_was_founded(tree: Tree) -> None:
    with pytest.raises(NotFound):
        directory(date(2019, 12, 31)).get(tree.commune)


def test_a_new_name_holds_from_its_day_and_the_old_one_before(tree: Tree) -> None:
    rename_agency(tree.commune, name="Ủy ban nhân dân xã Đất Mũi", from_date=CHANGE, by=SYSTEM, at=NOW)
    assert directory(BEFORE).get(tree.commune).name == "Ủy ban nhân dân xã Tân Ân"
    assert directory(CHANGE).get(tree.commune).name == "Ủy ban nhân dân xã Đất Mũi"


def test_a_move_holds_from_its_day_and_the_old_tree_before(tree: Tree) -> None:
    move_agency(tree.commune, parent_id=tree.other_district, from_date=CHANGE, by=SYSTEM, at=NOW)
    assert directory(BEFORE).above(tree.commune)[0].id == tree.district
    assert directory(AFTER).above(tree.commune)[0].id == tree.other_district


def test_days_between_which_nothing_changes_share_one_directory(tree: Tree) -> None:
    rename_agency(tree.commune, name="Ủy ban nhân dân xã Đất Mũi", from_date=CHANGE, by=SYSTEM, at=NOW)
    assert directory(date(2024, 1, 1)) is directory(BEFORE)
    assert directory(CHANGE) is directory(AFTER)


def test_two_changes_of_one_day_both_hold(tree: Tree) -> None:
    rename_agency(tree.commune, name="Ủy ban nhân dân xã Đất Mũi", from_date=CHANGE, by=SYSTEM, at=NOW)
    move_agency(tree.commune, parent_id=tree.province, from_date=CHANGE, by=SYSTEM, at=NOW)
    now = directory(AFTER).get(tree.commune)
    assert (now.name, now.parent_id) == ("Ủy ban nhân dân xã Đất Mũi", tree.province)
    assert AgencyTerm.objects.filter(agency_id=tree.commune).count() == 2


def test_an_agency_cannot_stand_under_its_own_unit(tree: Tree) -> None:
    with pytest.raises(UnderItself):
        move_agency(tree.district, parent_id=tree.commune, from_date=CHANGE, by=SYSTEM, at=NOW)


def test_a_change_before_the_agency_began_is_refused(tree: Tree) -> None:
    with pytest.raises(AgencyNotThere):
        rename_agency(tree.commune, name="Tên khác", from_date=date(2019, 1, 1), by=SYSTEM, at=NOW)


def test_a_closed_agency_stays_in_the_past(tree: Tree) -> None:
    close_agency(tree.commune, until_date=CHANGE, by=SYSTEM, at=NOW)
    assert directory(BEFORE).get(tree.commune).valid_until == CHANGE
    assert tree.commune not in directory(CHANGE)


def test_an_agency_with_units_is_not_closed(tree: Tree) -> None:
    with pytest.raises(AgencyHasUnits):
        close_agency(tree.district, until_date=CHANGE, by=SYSTEM, at=NOW)


def test_an_agency_with_officers_is_not_closed(tree: Tree, hold: Callable[..., Position]) -> None:
    hold("Lê Anh Tuấn", "tuan@camau.gov.vn")
    with pytest.raises(AgencyHasOfficers):
        close_agency(tree.commune, until_date=CHANGE, by=SYSTEM, at=NOW)


@pytest.mark.usefixtures("tree")
def test_a_code_is_given_once_and_well_formed(found: Callable[..., UUID]) -> None:
    with pytest.raises(CodeTaken):
        found("H12.39", "Khác")
    for code in ("h12", "H12..1", "H12.", "H" * 36, "H12 1"):
        with pytest.raises(CodeMalformed):
            found(code, "Khác")


def test_a_parent_must_be_there_on_the_day(tree: Tree) -> None:
    with pytest.raises(ParentNotThere):
        found_agency(
            "H12.9",
            name="Khác",
            kind="PEOPLES_COMMITTEE",
            level="DISTRICT",
            parent_id=tree.province,
            from_date=date(2019, 1, 1),
            by=SYSTEM,
            at=NOW,
        )


def test_only_an_administrator_changes_agencies(tree: Tree, stranger: Actor) -> None:
    with pytest.raises(NotAllowed):
        rename_agency(tree.commune, name="Khác", from_date=CHANGE, by=stranger, at=NOW)


def test_the_database_refuses_two_terms_on_one_day(tree: Tree) -> None:
    term = AgencyTerm.objects.get(agency_id=tree.commune)
    with pytest.raises(IntegrityError, match="agency_has_one_term_a_day"), transaction.atomic():
        AgencyTerm.objects.create(
            agency_id=tree.commune,
            valid_from=AFTER,
            name="Khác",
            folded="khac",
            kind_id=term.kind_id,
            level_id=term.level_id,
        )


def test_every_change_is_an_event(tree: Tree) -> None:
    rename_agency(tree.commune, name="Tên khác", from_date=CHANGE, by=SYSTEM, at=NOW)
    close_agency(tree.commune, until_date=AFTER, by=SYSTEM, at=NOW)
    names = EventRecord.objects.filter(subject_id=tree.commune).order_by("id").values_list("name", flat=True)
    assert list(names) == ["people.AgencyFounded", "people.AgencyRenamed", "people.AgencyClosed"]


@pytest.mark.usefixtures("tree")
def test_it_asks_one_row_and_within_a_request_only_once() -> None:
    directory(AFTER)
    with CaptureQueriesContext(connection) as queries:
        directory(AFTER)
        directory(BEFORE)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries, asked_once():
        directory(AFTER)
        directory(BEFORE)
    assert len(queries) == 1


def test_a_change_in_the_same_request_is_seen(tree: Tree) -> None:
    with asked_once():
        directory(AFTER)
        rename_agency(tree.commune, name="Tên khác", from_date=CHANGE, by=SYSTEM, at=NOW)
        assert directory(AFTER).get(tree.commune).name == "Tên khác"


def test_what_was_rolled_back_is_forgotten(tree: Tree) -> None:
    with transaction.atomic():
        rename_agency(tree.commune, name="Tên khác", from_date=CHANGE, by=SYSTEM, at=NOW)
        assert directory(AFTER).get(tree.commune).name == "Tên khác"
        transaction.set_rollback(True)
    assert directory(AFTER).get(tree.commune).name == "Ủy ban nhân dân xã Tân Ân"

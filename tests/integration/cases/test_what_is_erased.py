"""What has outlived its term goes, with an event; what the law keeps stays."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError
from pydantic import ValidationError

from camaug.cases.actions.erase_old import erase_old
from camaug.cases.actions.note_reading import note_case_read, note_list_read
from camaug.cases.actions.start import start
from camaug.cases.models import Case, How, ListReading, Reading
from camaug.cases.queries.retention import outlook
from camaug.cases.retention.terms import Kind, RetentionProfile, read_terms, term_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.world import AT, World


def after(kind: Kind, days: int) -> datetime:
    """So many days after what happened at AT has outlived its term; negative: before."""
    return AT + (AT - term_of(kind, AT).ends(AT)) + timedelta(days=days)


def erase(kind: Kind, at: datetime, batch: int = 500) -> list[int]:
    done = []
    while number := erase_old(kind, by=SYSTEM, at=at, batch=batch):
        done.append(number)
    return done


@pytest.fixture
def cases(world: World) -> list[Case]:
    """A draft, a sent case, one that was decided."""
    clerk = world.officer("clerk")
    sent, decided = send_birth(world), carry(world, send_birth(world), to="RETURN")
    note_case_read(sent.code or "", How.PAGE, by=clerk, at=AT)
    note_list_read("search", {"words": "Lan"}, by=clerk, at=AT)
    return [start("dang-ky-khai-sinh", by=world.citizen("mother"), at=AT), sent, decided]


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_goes_before_its_term(cases: list[Case], kind: Kind) -> None:
    assert erase(kind, after(kind, -1)) == []


def test_a_draft_goes_with_an_event_and_a_sent_case_never(cases: list[Case]) -> None:
    draft, sent, decided = cases
    assert erase(Kind.DRAFTS, after(Kind.DRAFTS, 1)) == [1]
    assert set(Case.objects.values_list("pk", flat=True)) == {sent.pk, decided.pk}
    event = EventRecord.objects.get(name="cases.DraftDiscarded")
    assert (event.subject_id, event.actor_kind) == (draft.pk, "SYSTEM")
    for kind in Kind:
        erase(kind, AT + timedelta(days=100 * 365))
    assert decided.results.exists()
    assert Case.objects.count() == 2


@pytest.mark.parametrize(("kind", "model"), [(Kind.READINGS, Reading), (Kind.LIST_READINGS, ListReading)])
def test_logs_of_reading_go_in_batches_each_with_an_event(
    world: World, cases: list[Case], kind: Kind, model: type[Reading | ListReading]
) -> None:
    for day in range(1, 5):
        note_case_read(cases[1].code or "", How.PAGE, by=world.officer("clerk"), at=AT + timedelta(days=day))
        note_list_read("search", {"words": "Lan"}, by=world.officer("clerk"), at=AT + timedelta(days=day))
    assert erase(kind, after(kind, 4), batch=2) == [2, 2]
    assert model._default_manager.count() == 1
    told = EventRecord.objects.filter(name="cases.ReadingsErased").order_by("id")
    assert [(one.facts["what"], one.facts["rows"]) for one in told] == [(kind, 2), (kind, 2)]


def test_the_administrator_sees_what_goes(world: World, cases: list[Case]) -> None:
    assert {one.kind: one.due for one in outlook(at=AT)} == dict.fromkeys(Kind, 0)
    due = {one.kind: one.due for one in outlook(at=after(Kind.READINGS, 400)) if one.due}
    assert due == dict.fromkeys((Kind.DRAFTS, Kind.READINGS, Kind.LIST_READINGS), 1)
    page = desk_of(world, "administrator").get("/desk/administration/retention/").content.decode()
    assert "TCVN 14423:2026" in page
    assert "24 tháng" in page


def test_terms_are_sourced_and_logs_are_kept_a_year() -> None:
    (terms, *_later) = read_terms(settings.PROFILE)
    assert all(term.source for term in terms.kinds.values())
    short = terms.model_dump(mode="json") | {"valid_from": "2026-01-01"}
    short["kinds"]["READINGS"]["months"] = 11
    with pytest.raises(ValidationError, match="12 months"):
        RetentionProfile.model_validate({"terms": [short]})


def test_events_themselves_cannot_be_erased(cases: list[Case]) -> None:
    with pytest.raises(DatabaseError):
        EventRecord.objects.all().delete()

"""A question that is compiled once answers as the ORM does, whatever it is asked with."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from camaug.access.models import Account
from camaug.cases.models import Case
from camaug.kernel.compiled import Compiled
from tests.applications import send_birth
from tests.world import AT, World


def own(account_id: UUID, until: datetime, state: str) -> QuerySet[Case]:
    """Cases of an account with a JSON, an array and an annotation, in an order."""
    mine = Case.objects.filter(account_id=account_id, saved_at__lte=until, state=state)
    return mine.annotate(office=F("receiving_agency__code")).order_by("-id")


def test_it_gives_what_the_orm_gives(world: World) -> None:
    sent = [send_birth(world) for _ in range(2)]
    assert sent[0].account_id is not None
    ask = Compiled(own)
    for until, state, number in ((AT, "SUBMITTED", 2), (AT - timedelta(days=1), "SUBMITTED", 0), (AT, "DRAFT", 0)):
        asked = {"account_id": sent[0].account_id, "until": until, "state": state}
        found, expected = ask(**asked), list(own(**asked))
        assert len(found) == len(expected) == number
        for one, other in zip(found, expected, strict=True):
            assert {**vars(one), "_state": None} == {**vars(other), "_state": None}
            assert (one._state.adding, one._state.db) == (other._state.adding, other._state.db)


def test_a_value_that_the_query_changes_on_its_way_is_refused() -> None:
    def shouted(email: str) -> QuerySet[Account]:
        return Account.objects.filter(email=email.upper())

    with pytest.raises(RuntimeError, match="as it was given"):
        Compiled(shouted)(email="a@example.vn")


def test_a_query_that_fetches_related_rows_is_refused() -> None:
    def with_person(phone: str) -> QuerySet[Account]:
        return Account.objects.filter(phone=Concat(Value(""), Value(phone))).select_related("person")

    with pytest.raises(RuntimeError, match="related rows"):
        Compiled(with_person)(phone="+84918000123")

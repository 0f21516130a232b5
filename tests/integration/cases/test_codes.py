"""Case codes: unique and gap-free in a day and agency, right under concurrency, widening after 9999."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction

from camaug.cases.models import CodeSeries
from camaug.cases.numbers import Wanted, next_book_number, next_case_code, taken

DAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_a_series_widens_after_9999() -> None:
    CodeSeries.objects.create(agency_code="H12.9", day=DAY, last=9998)
    assert [next_case_code("H12.9", DAY) for _ in range(2)] == ["H12.9-261123-9999", "H12.9-261123-10000"]


@pytest.mark.django_db
def test_every_agency_and_every_day_has_its_own_series() -> None:
    codes = [next_case_code("H12.9", DAY), next_case_code("H12.8", DAY), next_case_code("H12.9", date(2026, 11, 25))]
    assert codes == ["H12.9-261123-0001", "H12.8-261123-0001", "H12.9-261125-0001"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_gives_its_number_back() -> None:
    with transaction.atomic():
        next_case_code("H12.9", DAY)
        transaction.set_rollback(True)
    assert next_case_code("H12.9", DAY) == "H12.9-261123-0001"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once() -> None:
    agency = uuid4()

    def take(n: int) -> tuple[str, int]:
        try:
            with transaction.atomic():
                if n % 2:
                    got = taken(Wanted("H12.9", DAY, "SO", agency))
                else:
                    got = next_case_code("H12.9", DAY), next_book_number("SO", agency, 2026)
                if n % 7 == 0:
                    transaction.set_rollback(True)
                    return "", 0
                return got
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        pairs = [pair for pair in pool.map(take, range(1, 106)) if pair[0]]
    assert sorted(code for code, _ in pairs) == [f"H12.9-261123-{n:04d}" for n in range(1, 91)]
    assert sorted(number for _, number in pairs) == list(range(1, 91))

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

NOW = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)

FILTERS = {
    "{{ now|day }}": "23/11/2026",
    "{{ born|day }}": "05/02/1990",
    "{{ nothing|day }}": "",
    "{{ now|clock }}": "08:12",
    "{{ now|moment }}": "08:12, 23/11/2026",
    "{{ born|long_day }}": "ngày 05 tháng 02 năm 1990",
    "{{ now|long_moment }}": "08 giờ 12 phút, ngày 23 tháng 11 năm 2026",
    "{{ late_tonight|long_day }}": "ngày 24 tháng 11 năm 2026",
    "{{ now|near:now }}": "today, 08:12",
    "{{ late_tonight|near:now }}": "tomorrow, 00:30",
    "{{ yesterday|near:now }}": "yesterday, 17:00",
    "{{ next_week|near:now }}": "17:00, 30/11/2026",
    "{{ 1234567|thousands }}": "1.234.567",
    "{{ 'mười'|thousands }}": "mười",
    "{{ 1234567|dong }}": "1.234.567\u00a0đ",
    "{{ 4000|dong_in_words }}": "Bốn nghìn đồng",
    "{{ born|day_in_words }}": "Ngày mồng năm tháng hai năm một nghìn chín trăm chín mươi",
    "{{ 130|working_time }}": "2 working hours 10 minutes",
    "{{ 120|working_time }}": "2 working hours",
    "{{ 0|working_time }}": "0 minutes",
    "{{ '+84912345678'|phone }}": "0912 345 678",
    "{{ '+842903831234'|phone }}": "0290 383 1234",
    "{{ '+6581234567'|phone }}": "+6581234567",
    "{{ 0.987|share }}": "98,7\u00a0%",
    "{{ 1|share }}": "100\u00a0%",
}


@pytest.mark.parametrize(("template", "shown"), FILTERS.items())
def test_a_filter_says_it_as_pages_do(template: str, shown: str) -> None:
    context = {
        "now": NOW,
        "born": date(1990, 2, 5),
        "nothing": None,
        "late_tonight": datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
        "yesterday": datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        "next_week": datetime(2026, 11, 30, 10, 0, tzinfo=UTC),
    }
    with translation.override("en"):
        assert Template("{% load words %}" + template).render(Context(context)) == shown

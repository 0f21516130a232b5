"""Words of printed papers. `{% load papers %}`"""

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from camaug.cases import printing
from camaug.ui import vietnamese
from camaug.ui.qr import qr
from camaug.worktime.limits import Unit

register = template.Library()

_UNITS = {
    Unit.WORKING_HOURS: "giờ làm việc",
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.CALENDAR_DAYS: "ngày",
    Unit.MONTHS: "tháng",
}
_DELIVERY = {
    "COUNTER": "tại Bộ phận Tiếp nhận và Trả kết quả",
    "POST": "qua dịch vụ bưu chính công ích",
    "ELECTRONIC": "bản điện tử trên Cổng dịch vụ công",
}
_OUTCOMES = {"EARLY": "Trước hạn", "ON_TIME": "Đúng hạn", "LATE": "Quá hạn"}


@register.filter
def limit_words(amount: int | None, unit: str) -> str:
    """03 ngày làm việc; 0 is "trong ngày làm việc"; an unknown figure is said as such."""
    if amount is None:
        return "theo quy định (chưa có văn bản để xác nhận)"
    if amount == 0:
        return "trong ngày làm việc"
    return f"{amount:02d} {_UNITS[Unit(unit)]}"


@register.filter
def sum_of_money(dong: int) -> str:
    """1.234.567 đồng"""
    return f"{vietnamese.grouped(dong)}\u00a0đồng"


@register.filter
def two_digits(number: int) -> str:
    """01, 02 … 10"""
    return f"{number:02d}"


@register.filter
def delivery_words(way: str) -> str:
    """How the result goes back."""
    return _DELIVERY[way]


@register.filter
def headed(name: str) -> SafeString:
    """An agency's name for the narrow head of a paper: a People's Committee stands in two lines."""
    committee, _space, unit = name.partition("nhân dân ")
    if unit and committee.lower() in ("ủy ban ", "hội đồng "):
        return format_html("{}nhân dân<br>{}", committee, unit)
    return format_html("{}", name)


@register.filter
def breakable(code: str) -> SafeString:
    """A case code that may break after its hyphens, and nowhere else."""
    return format_html_join("", "{}<wbr>", ((part,) for part in re.split(r"(?<=-)", code)))


@register.filter
def instant(at: datetime | None) -> str:
    """08:05 05/11/2026, for narrow columns."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""


@register.filter
def outcome_words(outcome: str) -> str:
    """Trước hạn, Đúng hạn, Quá hạn"""
    return _OUTCOMES.get(outcome, "")


@register.simple_tag
def follow_qr(code: str) -> SafeString:
    """The QR code of the address where the case is followed."""
    return qr(printing.follow_url(code))


@register.simple_tag
def proof_qr(address: str) -> SafeString:
    """The QR code of the address where the paper's proof lies."""
    return qr(address)

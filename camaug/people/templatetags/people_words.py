from collections.abc import Iterable, Mapping

from django import template

from camaug.people.queries.words import account_kind

register = template.Library()
register.filter(account_kind)


@register.filter
def named(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The names of some codes, divided by commas; a dash for none."""
    return ", ".join(names.get(code, code) for code in codes) or "–"

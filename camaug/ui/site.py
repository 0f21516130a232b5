"""Whose site this is: names and addresses, read once from the profile's `site.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Site:
    """The province as its portal names itself; texts are dictionaries by language."""

    name: str
    tagline: dict[str, str]
    owner: dict[str, str]
    address: dict[str, str]
    help: dict[str, str]
    workplace: dict[str, str]


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The site in one language."""

    name: str
    tagline: str
    owner: str
    address: str
    help: str
    workplace: str


@cache
def _site() -> Site:
    return Site(**yaml.safe_load((Path(settings.PROFILE) / "site.yaml").read_text(encoding="utf-8")))


def words() -> SiteWords:
    """The site in the language of this request; Vietnamese where a text has no other."""
    site, language = _site(), get_language() or "vi"

    def said(text: dict[str, str]) -> str:
        return text.get(language, text["vi"])

    return SiteWords(
        name=site.name,
        tagline=said(site.tagline),
        owner=said(site.owner),
        address=said(site.address),
        help=said(site.help),
        workplace=said(site.workplace),
    )

"""Printed papers: an HTML template in, a PDF out. Nothing is fetched from anywhere while printing."""

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.text.fonts import FontConfiguration


class NothingIsFetched(ValueError):
    """A printed paper tried to load something."""


def print_paper(
    template: str, context: Mapping[str, Any], *, number_from: int = 1, always_numbered: bool = False
) -> bytes:
    """The PDF of a template. Pages are numbered from the second on, where there is more than one (NĐ 30/2020).

    `number_from` is the number of the first page, for papers that are printed in parts.
    """
    return print_together([(template, context)], number_from=number_from, always_numbered=always_numbered)


def print_together(
    papers: list[tuple[str, Mapping[str, Any]]], *, number_from: int = 1, always_numbered: bool = False
) -> bytes:
    """Several papers, each with its own page numbers, in one PDF."""
    documents = [_set(template, context, number_from, always_numbered) for template, context in papers]
    pages = [page for document in documents for page in document.pages]
    pdf: bytes = documents[0].copy(pages).write_pdf()
    return pdf


def follow_url(code: str) -> str:
    """Where anybody who holds the code follows the case."""
    return f"{settings.PUBLIC_URL}/follow/?{urlencode({'code': code})}"


def proof_url(proof_code: str) -> str:
    """Where whoever holds the paper finds its proof; short, since it may be typed."""
    return f"{settings.PUBLIC_URL}/proofs/{proof_code}/"


def history_url() -> str:
    """Where anybody compares the seal that a paper says with the published ones."""
    return f"{settings.PUBLIC_URL}/history/"


def _set(template: str, context: Mapping[str, Any], number_from: int, always_numbered: bool) -> "Document":
    from weasyprint import HTML  # half a second to import, and only printing needs it

    def laid_out(numbered: bool) -> "Document":
        words = {**context, "numbered": numbered, "number_before": number_from - 1, "demo": settings.DEMO}
        with translation.override("vi"):
            html = render_to_string(template, words)
        return HTML(string=html, url_fetcher=_fetch_nothing).render(font_config=_fonts(), uncompressed_pdf=False)

    document = laid_out(always_numbered)
    return laid_out(True) if len(document.pages) > 1 and not always_numbered else document


@functools.cache
def _fonts() -> "FontConfiguration":
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _fetch_nothing(url: str, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
    raise NothingIsFetched(url)

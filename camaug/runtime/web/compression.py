"""Pages, JSON and feeds go out compressed; static files have been compressed when they were built."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from camaug.kernel.varying import vary

KINDS = ("application/json", "application/problem+json", "application/xml", "text/calendar", "text/html", "text/plain")

WORTH_IT = 1_200
"""Octets below which nothing is compressed: they go in one packet as they are."""


class CompressionMiddleware(GZipMiddleware):
    """Django's own, with its chance length against BREACH, for text alone: PDFs and photographs are compressed already.

    What streams stays as it is, so that each piece leaves as soon as it is there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compressed, where that is worth it and the browser takes it."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in KINDS:
            return response
        if isinstance(response, HttpResponse) and len(response.content) < WORTH_IT:
            return response
        if not _takes_gzip(request) and not response.has_header("Content-Encoding"):
            vary(response, "Accept-Encoding")
            return response
        return super().process_response(request, response)


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")

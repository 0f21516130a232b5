"""The drawing in the documents is the table in the code."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from checks.lifecycle import PAGE, page


def test_the_page_says_what_the_table_says() -> None:
    with override("en"):
        assert Path(settings.BASE_DIR, PAGE).read_text(encoding="utf-8") == page()

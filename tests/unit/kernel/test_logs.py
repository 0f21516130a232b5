import logging
import sys

from camaug.kernel.logs import PlaceOnly


def test_a_logged_error_shows_kinds_and_places_but_no_message() -> None:
    phone, name = "".join(["0912", "345678"]), " ".join(["An", "Văn"])
    try:
        try:
            raise KeyError(phone)
        except KeyError as cause:
            raise ValueError(name) from cause
    except ValueError:
        row = logging.LogRecord("camaug.web", logging.ERROR, __file__, 1, "reference X", None, sys.exc_info())
    shown = PlaceOnly("%(message)s").format(row)
    assert "reference X" in shown
    assert "builtins.ValueError" in shown
    assert "builtins.KeyError" in shown
    assert "test_logs.py" in shown
    assert phone not in shown
    assert name not in shown

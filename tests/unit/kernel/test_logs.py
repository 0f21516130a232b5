import json
import logging
import sys

from camaug.kernel.logs import JsonLines, PlaceOnly


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


def test_a_line_is_one_json_object_with_the_facts_of_its_record() -> None:
    row = logging.LogRecord("camaug.requests", logging.INFO, __file__, 1, "%(method)s %(route)s", None, None)
    row.args = row.facts = {"method": "GET", "route": "cases/<str:code>/", "status": 200, "ms": 3.1}
    line = JsonLines().format(row)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("INFO", "camaug.requests", "GET cases/<str:code>/")
    assert (told["route"], told["status"], told["ms"]) == ("cases/<str:code>/", 200, 3.1)
    assert told["at"].endswith("+00:00")


def test_the_line_of_an_error_has_its_places_and_not_its_message() -> None:
    phone = "".join(["0912", "345678"])
    try:
        raise ValueError(phone)
    except ValueError:
        row = logging.LogRecord("camaug.web", logging.ERROR, __file__, 1, "reference X", None, sys.exc_info())
    told = json.loads(JsonLines().format(row))
    assert "builtins.ValueError" in told["error"]
    assert phone not in json.dumps(told)

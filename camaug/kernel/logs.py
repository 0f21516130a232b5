"""Log lines that hold no personal data: of an error, its kind and place, never its message (which quotes rows)."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType


class PlaceOnly(logging.Formatter):
    """A formatter that shows, for an exception and its causes, only the kind and the frames."""

    def formatException(  # noqa: N802 (the name is logging's)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class JsonLines(PlaceOnly):
    """One JSON object a line: `at` (UTC), `level`, `logger`, `message`, the record's `facts`, and an error's places."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

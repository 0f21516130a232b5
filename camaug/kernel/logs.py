"""Log lines that hold no personal data: of an error, its kind and place, never its message (which quotes rows)."""

import logging
import traceback
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

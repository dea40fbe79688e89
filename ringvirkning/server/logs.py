"""What the server writes to its log: where and which, and never a value of a file.

An error's message may quote what was read, and so is left out, ours and the libraries' alike.
"""

import json
import logging
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from ringvirkning.texts import clock

log = logging.getLogger(__name__)
SETTING = "RINGVIRKNING_LOG"


def error_origin(error: BaseException) -> str:
    """Where an error was raised and of which kind it is, and first the one that it came of."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = len(traceback.format_tb(error.__traceback__))
    # Its heading and its frames; after them comes the message.
    where = traceback.format_exception(error, chain=False)[: frames + 1] if frames else []
    return (error_origin(before) if before else "") + "".join(where) + type(error).__name__ + "\n"


def log_record(*given: Any, **more: Any) -> logging.LogRecord:
    """As logging makes one, with what may be told of its error, whoever writes it out."""
    made = logging.LogRecord(*given, **more)
    if isinstance(made.exc_info, tuple) and made.exc_info[1]:
        made.exc_text = error_origin(made.exc_info[1]).rstrip()
    return made


class Json(logging.Formatter):
    """For machines: an object a line, with `at` in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": clock.now_text(),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            said["error"] = record.exc_text
        return json.dumps(said, ensure_ascii=False)


class Count(logging.Handler):
    """How many errors were logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.number = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.number += 1


errors = Count()


def tells_nobody(record: logging.LogRecord) -> bool:
    """Not of a connection that came or went: uvicorn writes down whose it is, and under "error"."""
    is_of_connection = not {"protocols", "websockets"}.isdisjoint(Path(record.pathname).parts)
    return not is_of_connection or record.levelno > logging.INFO


def set_up() -> None:
    """All on the error output, for people, or with RINGVIRKNING_LOG=json for machines; also what
    the framework and the server would write in their own way."""
    logging.setLogRecordFactory(log_record)
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(Json() if os.environ.get(SETTING) == "json" else plain)
    logging.basicConfig(level=logging.WARNING, handlers=[handler, errors], force=True)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        # Who asked for what is not written down.
        logger.propagate = name != "uvicorn.access"
    logging.getLogger("uvicorn.error").addFilter(tells_nobody)
    sys.excepthook = lambda kind, error, where: log_end(error)
    threading.excepthook = lambda one: log_end(one.exc_value)


def log_end(error: BaseException | None) -> None:
    """An error that nobody caught, which Python would write with its message."""
    if error is not None and not isinstance(error, KeyboardInterrupt):
        log.critical("ended by an error", exc_info=error)

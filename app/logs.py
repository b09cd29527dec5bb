"""Logs as JSON lines; what is logged is chosen line by line, and never a body, path or query."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger


def set_up_logs(stream: TextIO = sys.stderr) -> None:
    """Write one JSON object a line to the stream, library logs from warnings up included."""
    logging.basicConfig(stream=stream, level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            _drop_error_text,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )


def _drop_error_text(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop the text of an error: it may quote a row, hence a person."""
    for told in event.get("exception") or ():
        told["exc_value"], told["exc_notes"] = "", []
    return event
